//! `/einrichten`: the first administrator, by the link that the first start prints. And what all links share: their
//! secret stands behind the `#`, where no server, log or proxy sees it; a page takes it from there and sends it.

use axum::{extract::State, response::Response};
use kernel::{Lang, Secret};
use mailkit::MailAddress;
use serde::{Deserialize, Serialize};
use webkit::{error::PageError, pages::Visit};

use super::{
    super::{
        answer::{bare_page, failed, wait_error, waiting},
        say::FieldError,
        state::AppState,
        visitor::{From, OpenForm},
    },
    password::{Checked, check_new},
    session::{begin, one},
};
use crate::{
    AccountsError, NewAdministrator,
    person::PersonName,
    throttle::{Admitted, Door, Trying},
};

/// A kind of link.
pub(super) struct Link {
    /// Names its messages.
    pub(super) kind: &'static str,
    /// Where its secret is sent.
    pub(super) action: &'static str,
}

const LINK: Link = Link { kind: "first", action: "/einrichten" };

/// The context of `accounts/link.html`.
#[derive(Serialize)]
struct LinkPage {
    kind: &'static str,
    action: &'static str,
}

/// The secret of a link, or the whole link, as people copy it.
#[derive(Deserialize)]
pub(super) struct LinkForm {
    #[serde(default)]
    geheimnis: String,
}

impl LinkForm {
    /// What stands behind the `#`, or all of it.
    pub(super) fn secret(&self) -> Secret<String> {
        let pasted = self.geheimnis.trim();
        Secret::new(pasted.rsplit_once('#').map_or(pasted, |(_, secret)| secret).to_owned())
    }
}

/// The page that takes a link's secret.
pub(super) fn link_page(
    app: &AppState,
    visit: &Visit,
    link: &Link,
    errors: &[FieldError],
) -> Result<Response, PageError> {
    let context = LinkPage { kind: link.kind, action: link.action };
    bare_page(app, visit, "accounts/link.html", errors, &context)
}

/// A try with a link's secret; the page that asks to wait, after too many.
#[expect(clippy::result_large_err, reason = "the answer is made once per refused request")]
pub(super) fn admitted_link<'a>(
    app: &'a AppState,
    visit: &Visit,
    from: &From,
    link: &Link,
) -> Result<Admitted<'a>, Result<Response, PageError>> {
    let trying = Trying { network: from.network, ..Trying::default() };
    app.throttle().admit(Door::Link, &trying).map_err(|wait| {
        let page = link_page(app, visit, link, &[wait_error("secret", wait)])?;
        Ok(waiting(page, wait))
    })
}

/// The language of mails to somebody who reads pages in `lang`.
pub(in crate::web) fn mail_language(lang: Lang) -> Lang {
    if Lang::SHIPPED.contains(&lang) { lang } else { Lang::En }
}

/// The context of `accounts/first.html`.
#[derive(Serialize)]
struct FirstPage<'a> {
    secret: &'a str,
    name: &'a str,
    mail: &'a str,
}

/// The first administrator.
#[derive(Deserialize)]
pub(super) struct FirstForm {
    #[serde(default)]
    geheimnis: String,
    #[serde(default)]
    name: String,
    #[serde(default)]
    mail: String,
    #[serde(default)]
    passwort: String,
}

/// Takes the secret out of the link.
pub(super) async fn get(State(app): State<AppState>, visit: Visit) -> Result<Response, PageError> {
    link_page(&app, &visit, &LINK, &[])
}

/// Looks it up and asks who the administrator is. Changes nothing.
pub(super) async fn post(
    State(app): State<AppState>,
    visit: Visit,
    from: From,
    OpenForm(form): OpenForm<LinkForm>,
) -> Result<Response, PageError> {
    let admitted = match admitted_link(&app, &visit, &from, &LINK) {
        Ok(admitted) => admitted,
        Err(answer) => return answer,
    };
    let secret = form.secret();
    if !app.accounts().setup_is_open(&secret).await.map_err(failed)? {
        admitted.failed();
        return link_page(&app, &visit, &LINK, &one("secret", "accounts-link-first-invalid"));
    }
    admitted.succeeded();
    page(&app, &visit, &FirstPage { secret: secret.expose(), name: "", mail: "" }, &[])
}

/// Makes the administrator and signs her in.
pub(super) async fn post_administrator(
    State(app): State<AppState>,
    visit: Visit,
    from: From,
    OpenForm(form): OpenForm<FirstForm>,
) -> Result<Response, PageError> {
    let (secret, password) = (Secret::new(form.geheimnis), Secret::new(form.passwort));
    if !app.accounts().setup_is_open(&secret).await.map_err(failed)? {
        return link_page(&app, &visit, &LINK, &one("secret", "accounts-link-first-invalid"));
    }
    let context = FirstPage { secret: secret.expose(), name: &form.name, mail: &form.mail };
    let mut errors = Vec::new();
    let name = PersonName::parse(&form.name).map_err(|_| errors.push(name_error())).ok();
    let mail = MailAddress::parse(form.mail.trim()).map_err(|_| errors.push(mail_error())).ok();
    let hash = match check_new(&app, &password, &[&form.name, &form.mail]).await? {
        Checked::Good(hash) => Some(hash),
        Checked::Refused(error) => {
            errors.push(error);
            None
        }
    };
    let (Some(name), Some(mail), Some(password_hash)) = (name, mail, hash) else {
        return page(&app, &visit, &context, &errors);
    };
    let administrator = NewAdministrator { name, mail, lang: mail_language(visit.lang), password_hash };
    match app.accounts().complete_setup(&secret, administrator).await {
        Ok(person) => begin(&app, &visit, &from, &person, false, "").await,
        Err(AccountsError::LinkInvalid) => {
            link_page(&app, &visit, &LINK, &one("secret", "accounts-link-first-invalid"))
        }
        Err(AccountsError::MailTaken) => page(&app, &visit, &context, &one("mail", "accounts-mail-taken")),
        Err(error) => Err(failed(error)),
    }
}

/// Something that cannot be shown as a name.
pub(in crate::web) const fn name_error() -> FieldError {
    FieldError::new("name", "accounts-name-invalid")
}

/// Something no mail can be sent to.
pub(in crate::web) const fn mail_error() -> FieldError {
    FieldError::new("mail", "accounts-mail-invalid")
}

fn page(
    app: &AppState,
    visit: &Visit,
    context: &FirstPage<'_>,
    errors: &[FieldError],
) -> Result<Response, PageError> {
    bare_page(app, visit, "accounts/first.html", errors, context)
}
