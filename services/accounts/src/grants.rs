//! What people may do, for services that do something in their name while they are not signed in.

use async_trait::async_trait;
use contracts::staff::{Grant, SessionsUnavailable, StaffGrants};

use crate::{Accounts, person::PersonState};

#[async_trait]
impl StaffGrants for Accounts {
    async fn grants(&self, person_id: &str) -> Result<Vec<Grant>, SessionsUnavailable> {
        match self.store().person(person_id).await {
            Ok(Some(person)) if person.state == PersonState::Active => Ok(person.grants),
            Ok(_) => Ok(Vec::new()),
            Err(error) => {
                tracing::error!(%error, "nobody can say what staff may do");
                Err(SessionsUnavailable)
            }
        }
    }
}
