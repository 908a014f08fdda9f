//! The stores of all services together: where they lie, how everything in them is carried elsewhere, and how it is packed.

mod archive;
mod carry;

use std::path::Path;

use storekit::{Database, Service, StoreError};

pub(crate) use self::{
    archive::{Archive, Packed, pack, unpack},
    carry::carry,
};
use crate::cli::Arguments;

/// The service whose SQLite file may lie anywhere.
const DIRECTORY: &str = finder::store::SERVICE.name;

/// One service's store.
pub(crate) struct Place {
    /// The service.
    pub(crate) service: Service,
    /// Where it lies.
    pub(crate) address: String,
}

impl Place {
    /// Opens it and brings its schema up to date.
    pub(crate) async fn open(&self) -> Result<Database, StoreError> {
        Database::open(&self.address, &self.service).await
    }

    /// Whether there is something already.
    pub(crate) async fn is_taken(&self) -> Result<bool, StoreError> {
        storekit::transfer::holds_something(&self.address, &self.service).await
    }
}

/// The stores of this installation. Booking comes first: it follows the directory, so it may be older but never newer.
pub(crate) fn places(arguments: &Arguments) -> [Place; 3] {
    services().map(|service| place(arguments, service))
}

/// The store of one service of this installation.
pub(crate) fn place(arguments: &Arguments, service: Service) -> Place {
    match &arguments.store {
        // one PostgreSQL database holds a schema for each service, SQLite is one file for each
        Some(url) if !url.starts_with("sqlite:") || service.name == DIRECTORY => {
            Place { service, address: url.clone() }
        }
        _ => place_in(&arguments.data, service),
    }
}

/// The stores at an address: `postgres://…`, or `sqlite:` and a folder.
pub(crate) fn places_at(address: &str) -> [Place; 3] {
    match folder_of(address) {
        Some(folder) => services().map(|service| place_in(folder, service)),
        None => services().map(|service| Place { service, address: address.to_owned() }),
    }
}

/// The folder in such an address, if it names one.
pub(crate) fn folder_of(address: &str) -> Option<&Path> {
    let folder = address.strip_prefix("sqlite:")?;
    Some(Path::new(folder.strip_prefix("//").unwrap_or(folder)))
}

fn place_in(folder: &Path, service: Service) -> Place {
    let file = folder.join(format!("{}.db", service.name));
    Place { service, address: format!("sqlite:{}", file.display()) }
}

fn services() -> [Service; 3] {
    [booking::store::SERVICE, accounts::store::SERVICE, finder::store::SERVICE]
}
