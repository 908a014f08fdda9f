//! The limited process, from both sides.

use std::{
    fs, io,
    net::{TcpListener, UdpSocket},
    time::{Duration, Instant},
};

use super::{child::limit_self, reader::CHILD_MARK, *};
use crate::import::xlsx::test_reader;

/// Not a test of its own: started by the test below, in a process that then has the child's limits.
#[test]
#[ignore = "runs only as the child of another test"]
fn confined_entry() {
    if std::env::var_os(CHILD_MARK).is_none() {
        return;
    }
    limit_self().unwrap();
    assert!(fs::File::open("/proc/self/status").is_err(), "a file was opened");
    assert!(UdpSocket::bind("127.0.0.1:0").is_err(), "a socket was opened");
    assert!(TcpListener::bind("127.0.0.1:0").is_err(), "a port was opened");
    assert!(std::process::Command::new("/bin/true").output().is_err(), "a process was started with pipes");
    assert!(Vec::<u8>::new().try_reserve_exact(600 << 20).is_err(), "too much memory was given");
    std::process::exit(42);
}

#[test]
fn the_limited_process_can_open_nothing() {
    let arguments =
        ["import::read::tests::confined_entry", "--exact", "--ignored", "--nocapture", "--test-threads=1"];
    let mut command = std::process::Command::new(std::env::current_exe().unwrap());
    let status = command.args(arguments).env(CHILD_MARK, "1").output().unwrap().status;
    assert_eq!(status.code(), Some(42));
}

fn look(reader: &FileReader) -> Result<Sniffed, ReadError> {
    let file = InputFile::from_bytes("a.csv", b"a;b\n1;2\n".to_vec());
    sniff(file, &Told::default(), Some(reader), &Limits::default())
}

#[test]
fn a_child_that_says_nothing_is_not_waited_for() {
    let before = Instant::now();
    let silent = FileReader::with_arguments("/bin/sleep", ["60"]).with_patience(Duration::from_millis(300));
    assert_eq!(look(&silent), Err(ReadError::GaveUp { file: "a.csv".into() }));
    assert!(before.elapsed() < Duration::from_secs(20));
    let unavailable = Err(ReadError::Unavailable { file: "a.csv".into() });
    assert_eq!(look(&FileReader::new("/nonexistent/program")), unavailable);
    let gone = FileReader::with_arguments("/bin/true", [""; 0]);
    assert_eq!(look(&gone), Err(ReadError::GaveUp { file: "a.csv".into() }));
}

#[test]
fn a_file_that_breaks_off_is_named_and_not_taken_for_whole() {
    struct Broken(bool);
    impl io::Read for Broken {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            if std::mem::replace(&mut self.0, true) {
                return Err(io::Error::other("the disk is gone"));
            }
            buffer[..8].copy_from_slice(b"a;b\n1;2\n");
            Ok(8)
        }
    }
    let content = io::Cursor::new("x".repeat(1 << 17).replace("xx", "x\n")).chain(Broken(false));
    let file = InputFile::from_reader("a.csv", content);
    let error = sniff(file, &Told::default(), Some(&test_reader()), &Limits::default());
    assert!(matches!(error, Err(ReadError::Io { .. })), "{error:?}");
}

#[test]
fn every_format_comes_through_the_child_as_it_comes_without() {
    let json = r#"[{"id": 7, "name": "Haus", "postcode": "79100", "list": [1, 2]}]"#;
    let texts = ["id;ort\n1;K\u{f6}ln\n2;x;y\n", json, r#"[{"id": "1", "organization": {}}]"#];
    for text in texts {
        let file = || InputFile::from_bytes("a", text.as_bytes().to_vec());
        let look = |child| sniff(file(), &Told::default(), child, &Limits::default());
        assert_eq!(look(Some(&test_reader())).unwrap(), look(None).unwrap());
    }
}
