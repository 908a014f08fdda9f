//! Which times are free, computed from rules and claims.
