//! The first start: one link, printed once, by which the first administrator comes in. There is no default password.

use contracts::staff::{Actor, Grant};
use kernel::{Lang, Secret};
use mailkit::MailAddress;

use crate::{
    Accounts, AccountsError,
    audit::Action,
    person::{PersonName, fold_mail},
    store::NewPerson,
    token::{self, Link},
};

/// What the first administrator says about herself.
#[derive(Debug, Clone)]
pub struct NewAdministrator {
    /// Her name.
    pub name: PersonName,
    /// Her address.
    pub mail: MailAddress,
    /// Her language.
    pub lang: Lang,
    /// The hash of her password.
    pub password_hash: Secret<String>,
}

impl Accounts {
    /// The link by which the first administrator comes in, made anew: an earlier one stops working. `None` as soon as
    /// somebody administrates.
    pub async fn setup_link(&self) -> Result<Option<Secret<String>>, AccountsError> {
        let id = self.new_id();
        let token = self.tokens().link(Link::Setup, &id);
        let made = self.store().replace_setup(&id, token::hash(&token), self.now()).await?;
        let base = &self.settings().base_url;
        Ok(made.then(|| Secret::new(format!("{base}/einrichten#{}", token.expose()))))
    }

    /// Whether this is the token of a link of the first start that still works.
    pub async fn setup_is_open(&self, token: &Secret<String>) -> Result<bool, AccountsError> {
        let open = self.store().setup_is_open(token::hash(token)).await?;
        Ok(open && !self.store().has_administrator().await?)
    }

    /// Makes the first administrator and answers her id.
    ///
    /// # Errors
    /// [`AccountsError::LinkInvalid`], [`AccountsError::MailTaken`].
    pub async fn complete_setup(
        &self,
        token: &Secret<String>,
        administrator: NewAdministrator,
    ) -> Result<String, AccountsError> {
        let now = self.now();
        let person = NewPerson {
            id: self.new_id(),
            name: administrator.name.as_str().to_owned(),
            mail: fold_mail(administrator.mail.as_str()),
            lang: administrator.lang,
            grants: vec![Grant::Administrator],
        };
        let actor = Actor { person_id: person.id.clone(), name: person.name.clone() };
        let trace = self.trace(&actor, Action::SetupCompleted, (&person.id, &person.name), "", now);
        let hash = administrator.password_hash.expose();
        self.store().complete_setup(token::hash(token), &person, hash, now, &trace).await?;
        Ok(person.id)
    }
}
