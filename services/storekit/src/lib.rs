//! storekit
