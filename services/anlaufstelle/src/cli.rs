//! The command line.

use std::{net::SocketAddr, path::PathBuf};

use anyhow::Context;
use clap::{Args, Parser, Subcommand, ValueEnum};
use finder::import::Profile;
use kernel::Lang;

/// Anlaufstelle: find a free counselling centre. Serves the pages and keeps the directory.
#[derive(Debug, Parser)]
#[command(version, propagate_version = true)]
pub(crate) struct Arguments {
    /// Folder for everything this installation keeps
    #[arg(long, global = true, env = "ANLAUFSTELLE_DATA", default_value = "data")]
    pub(crate) data: PathBuf,
    /// Database: sqlite:FILE or postgres://…; the default is finder.db in the data folder
    #[arg(long, global = true, env = "ANLAUFSTELLE_STORE", hide_env_values = true)]
    pub(crate) store: Option<String>,
    /// File with the address of the database and nothing else, where it holds a password
    #[arg(long, global = true, env = "ANLAUFSTELLE_STORE_FILE", conflicts_with = "store")]
    pub(crate) store_file: Option<PathBuf>,
    /// Configuration (TOML); the default is anlaufstelle.toml in the data folder, if it is there
    #[arg(long, global = true, env = "ANLAUFSTELLE_CONFIG")]
    pub(crate) config: Option<PathBuf>,
    /// Language of what the program says: de or en
    #[arg(long, global = true, env = "ANLAUFSTELLE_LANG", default_value = "de")]
    pub(crate) lang: Lang,
    /// How log lines look
    #[arg(long, global = true, env = "ANLAUFSTELLE_LOG_FORMAT", default_value = "text")]
    pub(crate) log_format: LogFormat,
    /// What to do
    #[command(subcommand)]
    pub(crate) command: Command,
}

impl Arguments {
    /// Takes the address of the database out of the file that holds it, if there is one.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub(crate) fn read_store_file(mut self) -> anyhow::Result<Self> {
        if let Some(file) = &self.store_file {
            let text = std::fs::read_to_string(file)
                .with_context(|| format!("--store-file {} cannot be read", file.display()))?;
            self.store = Some(text.trim().to_owned());
        }
        Ok(self)
    }
}

/// How log lines look.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum LogFormat {
    /// For people.
    Text,
    /// One JSON object a line, for machines.
    Json,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Serve the pages and the API
    Serve(Serve),
    /// Read places or centres from files
    #[command(subcommand)]
    Import(Import),
    /// Write the directory to files
    #[command(subcommand)]
    Export(Export),
    /// Build the search index anew; a running server takes it over at once
    Reindex,
    /// Look for gaps and contradictions in the directory
    Check(Check),
    /// Make an encrypted backup of all databases, also while the server runs. The keys are not in it
    Backup(Backup),
    /// Make a key for backups: what it prints is for `backup --recipient`, the file is for `restore --identity`
    BackupKey(BackupKey),
    /// Bring a backup back into an installation that has no databases yet. The server must be stopped
    Restore(Restore),
    /// Move all databases of this installation to another engine. The server must be stopped
    MigrateStore(MigrateStore),
    /// Look at the configuration before a start
    #[command(subcommand)]
    Config(Config),
    /// Fill the directory with clearly fictional centres
    Demo(Demo),
    /// Help staff who cannot help themselves
    #[command(subcommand)]
    Accounts(Accounts),
    /// Show which time the deletion of appointments goes by, and settle it after the machine's clock was wrong
    Clock(Clock),
    /// Let a node take no new conversations and send people on when its patience is over, before it is stopped
    Drain(Drain),
    /// Print the OpenAPI document
    Openapi,
    /// Print the routes of staff and what each of them needs as JSON
    #[command(hide = true)]
    StaffRoutes,
    /// Reads one file under limits; started by `import`
    #[command(hide = true, name = "import-read-child")]
    ImportReadChild,
}

/// Making a backup.
#[derive(Debug, Args)]
pub(crate) struct Backup {
    /// The file to write; it must not exist yet
    #[arg(long)]
    pub(crate) to: PathBuf,
    /// Whose key will open it (`age1…`); several with commas, or again
    #[arg(long, env = "ANLAUFSTELLE_BACKUP_RECIPIENTS", value_delimiter = ',', required = true)]
    pub(crate) recipient: Vec<String>,
}

/// Making a key for backups.
#[derive(Debug, Args)]
pub(crate) struct BackupKey {
    /// The file to write the key to; it must not exist yet. Keep it away from this machine
    pub(crate) file: PathBuf,
}

/// Bringing a backup back.
#[derive(Debug, Args)]
pub(crate) struct Restore {
    /// The backup
    #[arg(long)]
    pub(crate) from: PathBuf,
    /// File with the key that opens it
    #[arg(long)]
    pub(crate) identity: PathBuf,
}

/// Moving to another engine.
#[derive(Debug, Args)]
pub(crate) struct MigrateStore {
    /// Where they are: sqlite:FOLDER or postgres://…; without it, where --data and --store say
    #[arg(long)]
    pub(crate) from: Option<String>,
    /// Where to: postgres://… or sqlite:FOLDER, where nothing is yet
    #[arg(long, required_unless_present = "to_file")]
    pub(crate) to: Option<String>,
    /// File with the address of --to and nothing else, where it holds a password
    #[arg(long, conflicts_with = "to")]
    pub(crate) to_file: Option<PathBuf>,
}

/// Looking at the configuration.
#[derive(Debug, Subcommand)]
pub(crate) enum Config {
    /// Name every mistake, files that cannot be read, and what works but hardly as it is meant; starts nothing
    Check,
}

/// Helping staff.
#[derive(Debug, Subcommand)]
pub(crate) enum Accounts {
    /// Let somebody in again who lost all second factors or the password: removes her second factors, ends her sessions
    /// and prints a link for a new password that works once
    Rescue(Rescue),
}

/// Letting somebody in again.
#[derive(Debug, Args)]
pub(crate) struct Rescue {
    /// The address she signs in with
    pub(crate) mail: String,
    /// Where the server listens; only for the link, and only while the configuration has no site.base_url
    #[arg(long, env = "ANLAUFSTELLE_LISTEN", default_value = "127.0.0.1:8080")]
    pub(crate) listen: SocketAddr,
}

/// Settling which time it is.
#[derive(Debug, Args)]
pub(crate) struct Clock {
    /// The machine's clock is right now: go by it, forward or back. The server must be stopped
    #[arg(long)]
    pub(crate) confirm: bool,
}

/// Serving.
#[derive(Debug, Args)]
pub(crate) struct Serve {
    /// Where to listen for people; port 0 takes a free one
    #[arg(long, env = "ANLAUFSTELLE_LISTEN", default_value = "127.0.0.1:8080")]
    pub(crate) listen: SocketAddr,
    /// Where to listen for metrics collectors and for mails that stay here; never make this public
    #[arg(long, env = "ANLAUFSTELLE_METRICS_LISTEN", default_value = "127.0.0.1:9464")]
    pub(crate) metrics_listen: SocketAddr,
    /// Which services run in this process; more than one process needs `[bus]` in the configuration
    #[arg(long, env = "ANLAUFSTELLE_ROLES", value_delimiter = ',')]
    pub(crate) roles: Vec<Role>,
    /// Where to listen for other nodes, if there is a bus; never make this public
    #[arg(long, env = "ANLAUFSTELLE_NODE_LISTEN", default_value = "127.0.0.1:9465")]
    pub(crate) node_listen: SocketAddr,
    /// Where to listen for the sound and pictures of three and more (UDP), instead of what the configuration says
    #[arg(long, env = "ANLAUFSTELLE_ENGINE_LISTEN")]
    pub(crate) engine_listen: Option<SocketAddr>,
    /// Where to listen for the sound and pictures of two (UDP and TCP), instead of what the configuration says
    #[arg(long, env = "ANLAUFSTELLE_RELAY_LISTEN")]
    pub(crate) relay_listen: Option<SocketAddr>,
    /// Also offer the right-to-left pseudo-language and the gallery of components, for testing
    #[arg(long)]
    pub(crate) developer: bool,
}

/// A service that a process runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Role {
    /// The directory and its pages.
    Finder,
    /// Appointments.
    Booking,
    /// Staff.
    Accounts,
    /// Conversations.
    Chat,
}

/// What the roles of a process come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    /// Everything.
    Whole,
    /// Everything that has a database.
    Pages,
    /// Conversations, which have none.
    Chat,
}

impl Serve {
    /// What this process is.
    ///
    /// # Errors
    /// When the roles do not make a process.
    pub(crate) fn shape(&self) -> anyhow::Result<Shape> {
        let has = |role| self.roles.contains(&role);
        let pages = [Role::Finder, Role::Booking, Role::Accounts].map(has);
        match (pages, has(Role::Chat)) {
            ([true, true, true], true) => Ok(Shape::Whole),
            ([false, false, false], false) => Ok(Shape::Whole),
            ([true, true, true], false) => Ok(Shape::Pages),
            ([false, false, false], true) => Ok(Shape::Chat),
            _ => anyhow::bail!(
                "finder, booking and accounts run in one process: --roles finder,booking,accounts, --roles chat, or all"
            ),
        }
    }
}

/// Draining.
#[derive(Debug, Args)]
pub(crate) struct Drain {
    /// The name of the node
    #[arg(long)]
    pub(crate) node: String,
}

/// Reading files.
#[derive(Debug, Subcommand)]
pub(crate) enum Import {
    /// Replace the table of places: GeoNames DE.txt or zuordnung_plz_ort.csv
    Places(ImportPlaces),
    /// Add and update centres
    Centres(ImportCentres),
    /// List the imports of centres, newest first
    History(ImportHistory),
    /// Take an import of centres back, as far as nobody has built on it since
    RollBack(ImportRollBack),
}

/// Looking back at imports.
#[derive(Debug, Args)]
pub(crate) struct ImportHistory {
    /// How many
    #[arg(long, default_value_t = 20)]
    pub(crate) limit: u32,
    /// Print them as JSON
    #[arg(long)]
    pub(crate) json: bool,
}

/// Taking an import back.
#[derive(Debug, Args)]
pub(crate) struct ImportRollBack {
    /// The run, as `import history` names it
    pub(crate) run: String,
    /// Only say what would happen
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// Print the outcome as JSON
    #[arg(long)]
    pub(crate) json: bool,
}

/// Reading places.
#[derive(Debug, Args)]
pub(crate) struct ImportPlaces {
    /// The file
    pub(crate) file: PathBuf,
    /// Whose data it is, as it has to be shown
    #[arg(long, default_value = "")]
    pub(crate) notice: String,
    /// Only say what would happen
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// Apply even when more than a fifth of the postcodes would be lost
    #[arg(long)]
    pub(crate) accept_losses: bool,
}

/// Reading centres.
#[derive(Debug, Args)]
pub(crate) struct ImportCentres {
    /// The files, in the order the profile names them
    #[arg(required = true)]
    pub(crate) files: Vec<PathBuf>,
    /// How to read them: the name of a profile that comes with the program, or a TOML file
    #[arg(long)]
    pub(crate) profile: String,
    /// Name of the list the centres belong to; the profile's unless told
    #[arg(long, value_parser = source)]
    pub(crate) source: Option<String>,
    /// Only say what would happen
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// Take centres of this list that are not in the files off the directory
    #[arg(long)]
    pub(crate) withdraw_missing: bool,
    /// Apply even when more than a fifth of the rows or centres would be lost, or most centres would change
    #[arg(long)]
    pub(crate) accept_losses: bool,
    /// List what changes, field by field
    #[arg(long)]
    pub(crate) differences: bool,
    /// Print the summary as JSON
    #[arg(long)]
    pub(crate) json: bool,
}

/// A mistyped name would make a second list beside the first, so it keeps to what a profile may say.
fn source(text: &str) -> Result<String, &'static str> {
    if Profile::is_source(text) {
        Ok(text.to_owned())
    } else {
        Err("use 1 to 40 small letters, digits and hyphens")
    }
}

/// Writing files.
#[derive(Debug, Subcommand)]
pub(crate) enum Export {
    /// All centres
    Centres {
        /// The form to write
        #[arg(long)]
        format: ExportFormat,
        /// Where to: a file, for hsds-csv a new folder; standard output unless told
        #[arg(long)]
        output: Option<PathBuf>,
    },
}

/// A form of export.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ExportFormat {
    /// HSDS 3 as one JSON document
    HsdsJson,
    /// HSDS 3 as a folder of CSV tables
    HsdsCsv,
    /// One row for each offer; `import --profile centres` reads it back
    Csv,
}

/// Checking.
#[derive(Debug, Args)]
pub(crate) struct Check {
    /// Print the report as JSON
    #[arg(long)]
    pub(crate) json: bool,
}

/// Demonstrating.
#[derive(Debug, Args)]
pub(crate) struct Demo {
    /// How many centres
    #[arg(long, default_value_t = finder::demo::COUNT)]
    pub(crate) centres: usize,
    /// The same number gives the same centres
    #[arg(long, default_value_t = finder::demo::SEED)]
    pub(crate) seed: u64,
}
