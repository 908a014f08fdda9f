//! Prints the TypeScript of the protocol, for `make protocol`.
#![expect(clippy::print_stdout, reason = "its output is the file")]

fn main() {
    print!("{}", chat::protocol::typescript());
}
