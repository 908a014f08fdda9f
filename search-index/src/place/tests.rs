//! The bundled table as a whole.
