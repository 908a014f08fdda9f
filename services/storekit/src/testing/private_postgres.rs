//! Starting and ending a PostgreSQL of one's own.

use std::{
    fs,
    io::{BufRead, BufReader},
    os::unix::process::CommandExt,
    path::{Path, PathBuf},
    process::{Child, ChildStdin, Command, Stdio},
};

use sqlx::{AssertSqlSafe, ConnectOptions, Connection, postgres::PgConnectOptions};

/// A running PostgreSQL server that belongs to this process.
#[derive(Debug)]
pub struct PrivatePostgres {
    folder: String,
    supervisor: Child,
    /// The supervisor ends the server when this pipe closes, which the kernel does even if this process is killed.
    lifeline: Option<ChildStdin>,
}

const SUPERVISOR: &str = include_str!("supervisor.sh");

impl PrivatePostgres {
    /// Starts a server, as another user if this process is root, and waits until it answers.
    ///
    /// # Panics
    /// When PostgreSQL is not installed or does not start; the text says what to do.
    pub fn start() -> Self {
        let binaries = binaries().unwrap_or_else(|| {
            panic!("PostgreSQL 15 or newer is not installed; on Debian: apt-get install postgresql");
        });
        let mut command = as_unprivileged_user();
        // a process group of its own: Ctrl-C ends the tests, and the supervisor then clears up
        command.args(["sh", "-c", SUPERVISOR, "supervisor"]).arg(binaries).current_dir("/").process_group(0);
        let mut supervisor = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("a shell");
        let lifeline = supervisor.stdin.take();
        let mut folder = String::new();
        if let Some(output) = supervisor.stdout.take() {
            BufReader::new(output).read_line(&mut folder).expect("the supervisor's answer");
        }
        let folder = folder.trim_end().to_owned();
        assert!(!folder.is_empty(), "the private PostgreSQL did not start; its log stands above");
        Self { folder, supervisor, lifeline }
    }

    /// The temporary folder with the server's data and its socket.
    pub fn folder(&self) -> &Path {
        Path::new(&self.folder)
    }

    /// Makes an empty database and answers its address. `name` consists of lower-case letters, digits and `_`.
    ///
    /// # Panics
    /// When the name is another one, is taken, or the server does not answer.
    pub async fn create_database(&self, name: &str) -> String {
        let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
        assert!(!name.is_empty() && name.bytes().all(plain), "{name:?} is no plain name");
        let options = PgConnectOptions::new_without_pgpass()
            .socket(&self.folder)
            .username("postgres")
            .database("postgres");
        let mut connection = options.disable_statement_logging().connect().await.expect("a connection");
        // a name cannot be a parameter; it was checked above
        let statement = AssertSqlSafe(format!("CREATE DATABASE {name}"));
        sqlx::query(statement).execute(&mut connection).await.expect("a new database");
        connection.close().await.expect("an orderly end");
        format!("postgres://postgres@localhost/{name}?host={}", self.folder)
    }
}

impl Drop for PrivatePostgres {
    fn drop(&mut self) {
        drop(self.lifeline.take());
        // nothing can be done about a supervisor that is gone already
        let _ = self.supervisor.wait();
    }
}

/// The folder with the binaries of the newest installed version.
fn binaries() -> Option<PathBuf> {
    let versions = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let newest = versions
        .filter_map(|entry| {
            Some((entry.file_name().to_str()?.parse::<u32>().ok()?, entry.path().join("bin")))
        })
        .filter(|(version, folder)| *version >= 15 && folder.join("initdb").exists())
        .max_by_key(|(version, _)| *version);
    if let Some((_, folder)) = newest {
        return Some(folder);
    }
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .find(|folder| folder.join("initdb").exists() && folder.join("postgres").exists())
}

/// PostgreSQL refuses to run as root.
fn as_unprivileged_user() -> Command {
    let is_root =
        fs::metadata("/proc/self").is_ok_and(|process| std::os::unix::fs::MetadataExt::uid(&process) == 0);
    if !is_root {
        return Command::new("env");
    }
    let users = fs::read_to_string(Path::new("/etc/passwd")).unwrap_or_default();
    let user = if users.lines().any(|line| line.starts_with("postgres:")) { "postgres" } else { "nobody" };
    let mut command = Command::new("runuser");
    command.args(["-u", user, "--"]);
    command
}
