//! Tests of the whole program: started as an operator starts it.

mod harness;
mod hostile;
mod import;
mod privacy;
mod real_data;
