//! The bundled lexicon.
