//! Tokens: 256 bits each, known to the database only as SHA-256.
//!
//! What stands in a mailed link is derived from the installation's key and the link's id, so the mailer can write it
//! when it sends and no queue holds a secret. What stands in a cookie is random.

use data_encoding::BASE64URL_NOPAD;
use kernel::{Secret, ServerKey};
use sha2::{Digest, Sha256};

/// What the database knows of a token.
pub type Hash = [u8; 32];

/// What a mailed or printed link is for; one kind's token never opens another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Link {
    Setup,
    Invitation,
    Reset,
    MailChange,
}

/// The keys that tokens are derived under.
#[derive(Debug, Clone)]
pub(crate) struct Tokens {
    setup: ServerKey,
    invitation: ServerKey,
    reset: ServerKey,
    mail_change: ServerKey,
    form: ServerKey,
    recovery: ServerKey,
}

impl Tokens {
    pub(crate) fn new(key: &ServerKey) -> Self {
        Self {
            setup: key.derive("accounts/setup"),
            invitation: key.derive("invitation"),
            reset: key.derive("accounts/reset"),
            mail_change: key.derive("accounts/mail-change"),
            form: key.derive("accounts/form"),
            recovery: key.derive("accounts/recovery"),
        }
    }

    /// The token of the link with this id.
    pub(crate) fn link(&self, link: Link, id: &str) -> Secret<String> {
        let key = match link {
            Link::Setup => &self.setup,
            Link::Invitation => &self.invitation,
            Link::Reset => &self.reset,
            Link::MailChange => &self.mail_change,
        };
        text(key.mac(id.as_bytes()))
    }

    /// The token that forms of a session carry: another one after every new cookie.
    pub(crate) fn form(&self, cookie: &Secret<String>) -> Secret<String> {
        text(self.form.mac(cookie.expose().as_bytes()))
    }

    /// What is stored of a recovery code. Such a code is short enough to be guessed from a bare hash, so it is keyed.
    pub(crate) fn recovery(&self, person_id: &str, code: &Secret<String>) -> Hash {
        self.recovery.derive(person_id).mac(code.expose().as_bytes())
    }
}

/// A fresh token for a cookie.
pub(crate) fn random() -> Secret<String> {
    text(rand::random())
}

/// What is stored of a token.
pub(crate) fn hash(token: &Secret<String>) -> Hash {
    Sha256::digest(token.expose().as_bytes()).into()
}

fn text(bytes: [u8; 32]) -> Secret<String> {
    Secret::new(BASE64URL_NOPAD.encode(&bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_has_one_token_of_256_bits_and_every_kind_its_own() {
        let tokens = Tokens::new(&ServerKey::new([7; 32]));
        let one = tokens.link(Link::Invitation, "a");
        assert_eq!(one.expose(), tokens.link(Link::Invitation, "a").expose());
        assert_eq!(BASE64URL_NOPAD.decode(one.expose().as_bytes()).unwrap().len(), 32);
        let others = [
            tokens.link(Link::Invitation, "b"),
            tokens.link(Link::Reset, "a"),
            tokens.link(Link::MailChange, "a"),
            tokens.link(Link::Setup, "a"),
            Tokens::new(&ServerKey::new([8; 32])).link(Link::Invitation, "a"),
        ];
        for other in others {
            assert_ne!(one.expose(), other.expose());
        }
    }

    #[test]
    fn the_same_recovery_code_of_two_people_is_stored_differently() {
        let tokens = Tokens::new(&ServerKey::new([7; 32]));
        let code = Secret::new(String::from("abcd-efgh"));
        assert_ne!(tokens.recovery("a", &code), tokens.recovery("b", &code));
        assert_ne!(tokens.recovery("a", &code).as_slice(), hash(&code).as_slice());
    }
}
