//! Staff: people, roles, sign-in, sessions.
