//! The installation's own key: made at the first start, kept in a file of its own that no backup of the databases holds.

use std::{
    fs::{self, OpenOptions},
    io::{ErrorKind, Write},
    os::unix::fs::{OpenOptionsExt, PermissionsExt},
    path::Path,
};

use anyhow::{Context, ensure};
use kernel::ServerKey;

use crate::config::Config;

/// Where it lies in the data folder.
const FILE: &str = "keys/server.key";

/// The key the configuration names, or the one in `data`, for a process that must not make one: all of an installation have the
/// same.
///
/// # Errors
/// When there is none, others may read it, or it is not 32 bytes long.
pub(crate) fn of(config: &Config, data: &Path) -> anyhow::Result<ServerKey> {
    read(config.key_file.as_deref().unwrap_or(&data.join(FILE)))
}

/// The key the configuration names, or the one in `data`, which is made when there is none.
///
/// # Errors
/// As [`of`], or when it cannot be written.
pub(crate) fn of_installation(config: &Config, data: &Path) -> anyhow::Result<ServerKey> {
    match &config.key_file {
        Some(file) => read(file),
        None => load_or_make(data),
    }
}

/// The key of the installation in `data`; made when there is none.
///
/// # Errors
/// When the file cannot be read or written, others may read it, or it is not 32 bytes long.
pub(crate) fn load_or_make(data: &Path) -> anyhow::Result<ServerKey> {
    let file = data.join(FILE);
    make(&file).with_context(|| format!("the key file {} cannot be made", file.display()))?;
    read(&file)
}

fn read(file: &Path) -> anyhow::Result<ServerKey> {
    let mode = fs::metadata(file).map(|facts| facts.permissions().mode());
    let mode = mode.with_context(|| format!("the key file {} cannot be read", file.display()))?;
    ensure!(
        mode.trailing_zeros() >= 6,
        "the key file {} can be read by others: chmod 600 it, and replace it if anybody may have copied it",
        file.display()
    );
    let bytes = fs::read(file).with_context(|| format!("the key file {} cannot be read", file.display()))?;
    let bytes: [u8; 32] = bytes.try_into().map_err(|_| {
        anyhow::anyhow!(
            "the key file {} is damaged (it must be 32 bytes): put the right one back; without it, second factors and \
             open invitations have to be renewed",
            file.display()
        )
    })?;
    Ok(ServerKey::new(bytes))
}

/// Writes a fresh key unless the file is there. Two processes that start at once agree on one: the link is made once.
fn make(file: &Path) -> std::io::Result<()> {
    let folder = file.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    if file.exists() {
        return Ok(());
    }
    let fresh = folder.join(format!(".server.key.{}", std::process::id()));
    let mut writer = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&fresh)?;
    writer.write_all(ServerKey::random().expose())?;
    writer.sync_all()?;
    let linked = fs::hard_link(&fresh, file);
    fs::remove_file(&fresh)?;
    match linked {
        Err(error) if error.kind() != ErrorKind::AlreadyExists => Err(error),
        _ => fs::File::open(folder)?.sync_all(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_installation_keeps_its_key_to_itself() {
        let data = tempfile::tempdir().unwrap();
        let first = load_or_make(data.path()).unwrap();
        assert_eq!(first.expose(), load_or_make(data.path()).unwrap().expose());
        let file = data.path().join(FILE);
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(fs::read_dir(data.path().join("keys")).unwrap().count(), 1, "nothing else is left");
        fs::set_permissions(&file, fs::Permissions::from_mode(0o644)).unwrap();
        assert!(load_or_make(data.path()).unwrap_err().to_string().contains("chmod 600"));
    }

    #[test]
    fn a_damaged_key_is_not_replaced_silently() {
        let data = tempfile::tempdir().unwrap();
        load_or_make(data.path()).unwrap();
        fs::write(data.path().join(FILE), b"short").unwrap();
        assert!(load_or_make(data.path()).unwrap_err().to_string().contains("damaged"));
        assert_eq!(fs::read(data.path().join(FILE)).unwrap(), b"short");
    }
}
