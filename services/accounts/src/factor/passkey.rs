//! Passkeys (WebAuthn): making one, signing in with one.
//!
//! A passkey checks the person itself (PIN, finger, face), so it counts as both factors. Nothing here is stored; the
//! ceremonies' halves wait in memory.

use serde_json::Value;
use webauthn_rs::prelude::{
    DiscoverableAuthentication, Passkey, PasskeyAuthentication, PasskeyRegistration, PublicKeyCredential,
    RegisterPublicKeyCredential, Url, Uuid, Webauthn, WebauthnBuilder, WebauthnError,
};

/// Makes and checks passkeys for one installation.
pub struct Passkeys {
    webauthn: Webauthn,
}

/// The first half of making a passkey: what the browser gets, and what is kept until it answers.
pub struct Making {
    /// The options for `navigator.credentials.create`, as JSON.
    pub options: Value,
    /// The half that stays here.
    pub kept: PasskeyRegistration,
}

/// The first half of a sign-in with any passkey the browser holds for us.
pub struct Asking {
    /// The options for `navigator.credentials.get`, as JSON.
    pub options: Value,
    /// The half that stays here.
    pub kept: DiscoverableAuthentication,
}

/// The first half of a sign-in with one of a known person's passkeys.
pub struct AskingPerson {
    /// The options for `navigator.credentials.get`, as JSON.
    pub options: Value,
    /// The half that stays here.
    pub kept: PasskeyAuthentication,
}

/// A ceremony did not come to a good end.
#[derive(Debug, thiserror::Error)]
pub enum PasskeyError {
    /// The installation's address cannot be used for passkeys.
    #[error("site.base_url cannot be used for passkeys: {0}")]
    Address(String),
    /// The browser's answer does not prove anything.
    #[error("the answer of the passkey is not valid: {0}")]
    Refused(#[from] WebauthnError),
    /// A stored passkey cannot be read.
    #[error("a stored passkey cannot be read: {0}")]
    Stored(#[from] serde_json::Error),
}

/// Who signed in with a passkey, as far as the browser says: to be proven with the passkey of that id.
pub struct Named {
    /// The person's id.
    pub person: String,
    /// The id of the passkey used.
    pub credential: Vec<u8>,
}

impl Passkeys {
    /// Passkeys for the installation at `base_url` (`https://hilfe.example`) under the name people see.
    pub fn new(base_url: &str, name: &str) -> Result<Self, PasskeyError> {
        let origin = Url::parse(base_url).map_err(|error| PasskeyError::Address(error.to_string()))?;
        let host =
            origin.domain().ok_or_else(|| PasskeyError::Address(String::from("it has no host name")))?;
        let webauthn = WebauthnBuilder::new(host, &origin)?.rp_name(name).build()?;
        Ok(Self { webauthn })
    }

    /// Begins making a passkey for a person, on a device that holds none of `existing`.
    pub fn begin_making(
        &self,
        person: &str,
        mail: &str,
        name: &str,
        existing: &[Passkey],
    ) -> Result<Making, PasskeyError> {
        let existing = existing.iter().map(|passkey| passkey.cred_id().clone()).collect();
        let (options, kept) =
            self.webauthn.start_passkey_registration(uuid(person)?, mail, name, Some(existing))?;
        let mut options = serde_json::to_value(options)?;
        // The crate says "discouraged"; only a passkey that the device can find by itself signs in without a name.
        if let Some(selection) = options.pointer_mut("/publicKey/authenticatorSelection") {
            selection["residentKey"] = Value::from("preferred");
        }
        Ok(Making { options, kept })
    }

    /// Ends it; the passkey is to be stored, and refused when its id is known already.
    pub fn end_making(
        &self,
        answer: &RegisterPublicKeyCredential,
        kept: &PasskeyRegistration,
    ) -> Result<Passkey, PasskeyError> {
        Ok(self.webauthn.finish_passkey_registration(answer, kept)?)
    }

    /// Begins a sign-in without knowing who comes.
    pub fn begin_asking(&self) -> Result<Asking, PasskeyError> {
        let (options, kept) = self.webauthn.start_discoverable_authentication()?;
        Ok(Asking { options: serde_json::to_value(options)?, kept })
    }

    /// Whom the answer names. Proves nothing yet.
    pub fn named(&self, answer: &PublicKeyCredential) -> Result<Named, PasskeyError> {
        let (person, credential) = self.webauthn.identify_discoverable_authentication(answer)?;
        Ok(Named { person: person.to_string(), credential: credential.to_vec() })
    }

    /// Ends the sign-in with the stored passkey the answer names; gives it back with its new counter when that changed.
    pub fn end_asking(
        &self,
        answer: &PublicKeyCredential,
        kept: DiscoverableAuthentication,
        mut passkey: Passkey,
    ) -> Result<Option<Passkey>, PasskeyError> {
        let result = self.webauthn.finish_discoverable_authentication_v2(answer, kept, &passkey)?;
        let changed = passkey.update_credential(&result) == Some(true);
        Ok(changed.then_some(passkey))
    }

    /// Begins asking a known person for one of her passkeys.
    pub fn begin_asking_person(&self, passkeys: &[Passkey]) -> Result<AskingPerson, PasskeyError> {
        let (options, kept) = self.webauthn.start_passkey_authentication(passkeys)?;
        Ok(AskingPerson { options: serde_json::to_value(options)?, kept })
    }

    /// Ends it; gives the passkey that was used, with its new counter.
    pub fn end_asking_person(
        &self,
        answer: &PublicKeyCredential,
        kept: &PasskeyAuthentication,
        passkeys: Vec<Passkey>,
    ) -> Result<Passkey, PasskeyError> {
        let result = self.webauthn.finish_passkey_authentication(answer, kept)?;
        let used = passkeys.into_iter().find(|passkey| passkey.cred_id() == result.cred_id());
        let mut used = used.ok_or(WebauthnError::CredentialNotFound)?;
        let _changed = used.update_credential(&result);
        Ok(used)
    }
}

/// Ids of people are UUIDs; the passkey carries the bytes.
fn uuid(person: &str) -> Result<Uuid, PasskeyError> {
    Uuid::parse_str(person).map_err(|_| PasskeyError::Refused(WebauthnError::InvalidUserUniqueId))
}
