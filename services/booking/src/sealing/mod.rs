//! Sealing: what seekers say about themselves, under keys that die.
