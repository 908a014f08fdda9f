//! Puts the services' pages for staff together: accounts beside the finder's desk, one session for both.

use std::{net::SocketAddr, path::Path, sync::Arc};

use accounts::{
    Accounts, Settings,
    mail::StaffMails,
    oidc::Oidc,
    store::Opened,
    web::{Parts, ProfileChoices},
};
use anyhow::Context;
use axum::{Router, middleware};
use booking::web::AppState as Booking;
use contracts::audit::AuditTrail;
use finder::{app::AppState as Finder, names::DirectoryNames, trail::DirectoryTrail};
use kernel::{Clock, Lang, RandomIds, ServerKey, SystemClock};
use mailkit::{LocalPost, Mailer, MailerParts, MessageIds, Post, Queue, SmtpPost};
use search_index::Lexicon;
use webkit::{
    language::below_prefixes,
    pages::Pages,
    staff::{Gate, StaffRoute, guard},
};

use crate::{
    attention::OfDirectory, cli::Arguments, composition::Ground, config::Config, server_key, stores::place,
};

/// Everything about staff that runs beside the pages.
pub(crate) struct Staff {
    /// People and sessions.
    pub(crate) accounts: Accounts,
    /// Sends the mails of accounts.
    pub(crate) mailer: Mailer,
    /// The mails, where none leave.
    pub(crate) local_mails: Option<Arc<LocalPost>>,
    post: Arc<dyn Post>,
    message_ids: MessageIds,
    key: ServerKey,
    base_url: String,
}

/// The routes of staff, ready to be merged into the shell.
pub(crate) struct Mounted {
    /// Pages, forms and the API.
    pub(crate) forms: Router,
    /// Routes that limit their bodies themselves.
    pub(crate) uploads: Router,
    /// The accounts pages, to be reminded to forget.
    pub(crate) accounts_pages: accounts::web::AppState,
}

impl Staff {
    /// Opens accounts in the data folder, or in the schema `accounts` of the server that is named.
    pub(crate) async fn open(
        arguments: &Arguments,
        config: &Config,
        listen: SocketAddr,
        clock: Arc<dyn Clock>,
    ) -> anyhow::Result<Self> {
        let key = server_key::of_installation(config, &arguments.data)?;
        let base_url = base_url(config, listen);
        let Opened { store, database } =
            accounts::store::open(&place(arguments, accounts::store::SERVICE).address)
                .await
                .context("the accounts cannot be opened")?;
        let author = StaffMails::new(store.clone(), &key, clock.clone(), &base_url)?;
        let settings = Settings { base_url: base_url.clone(), audit_days: config.staff.audit_days };
        let parts = accounts::Parts { key: &key, clock: clock.clone(), ids: Arc::new(RandomIds), settings };
        let accounts = Accounts::new(store, parts);
        let (post, message_ids, local_mails) = post(config, &key, &clock)?;
        let mailer = Mailer::new(MailerParts {
            name: "accounts",
            queue: Queue::new(database),
            author: Arc::new(author),
            post: post.clone(),
            message_ids: message_ids.clone(),
            clock,
            ids: Arc::new(RandomIds),
            seed: rand::random(),
        });
        accounts.call_mailer(mailer.waker());
        Ok(Self { accounts, mailer, local_mails, post, message_ids, key, base_url })
    }

    /// The way mails of other services leave.
    pub(crate) fn way(&self) -> (Arc<dyn Post>, MessageIds) {
        (self.post.clone(), self.message_ids.clone())
    }

    /// The address people use, without a slash at its end.
    pub(crate) fn base_url(&self) -> &str {
        &self.base_url
    }

    /// All pages for staff, of all services, behind one guard.
    pub(crate) fn mount(
        &self,
        ground: &Ground,
        finder: &Finder,
        booking: &Booking,
        pages: &Pages,
        clock: &Arc<dyn Clock>,
    ) -> anyhow::Result<Mounted> {
        let oidc = match &ground.config.oidc {
            Some(settings) => Some(Oidc::new(settings.clone(), &self.base_url, clock.clone())?),
            None => None,
        };
        let trails: Vec<Arc<dyn AuditTrail>> = vec![
            Arc::new(self.accounts.clone()),
            Arc::new(DirectoryTrail::new(ground.store.clone())),
            Arc::new(booking.booking().clone()),
        ];
        let accounts_pages = accounts::web::AppState::new(Parts {
            accounts: self.accounts.clone(),
            pages: pages.clone(),
            key: self.key.clone(),
            clock: clock.clone(),
            base_url: self.base_url.clone(),
            name: ground.config.site.name.clone(),
            centres: Arc::new(DirectoryNames::new(ground.store.clone())),
            trails,
            attention: vec![Arc::new(OfDirectory(finder.clone()))],
            choices: Arc::new(Choices(ground.lexicon.clone())),
            oidc,
        })?;
        let langs = pages.langs();
        let (own, desk) = (accounts::web::routes().into_router(), finder::web::desk::routes().into_router());
        let calendar = booking::web::desk::routes().into_router();
        let talk = chat::web::staff_routes().into_router();
        // programs have one address, whatever the language
        let programs = booking::api::staff_routes().into_router().forms.with_state(booking.clone());
        let gate = Gate::new(Arc::new(self.accounts.clone()), [own.nav, desk.nav, calendar.nav].concat());
        let guarded = |router: Router| router.layer(middleware::from_fn_with_state(gate.clone(), guard));
        let mounted =
            |own: &Router<accounts::web::AppState>, desk: &Router<Finder>, calendar: &Router<Booking>| {
                let own = below_prefixes(own, langs).with_state(accounts_pages.clone());
                let desk = below_prefixes(desk, langs).with_state(finder.clone());
                own.merge(desk).merge(below_prefixes(calendar, langs).with_state(booking.clone()))
            };
        let talk_page = below_prefixes(&talk.forms, langs).with_state(pages.clone());
        Ok(Mounted {
            forms: guarded(
                mounted(&own.forms, &desk.forms, &calendar.forms).merge(talk_page).merge(programs),
            ),
            uploads: guarded(mounted(&own.uploads, &desk.uploads, &calendar.uploads)),
            accounts_pages,
        })
    }
}

/// People and sessions without what runs beside the pages: for a command that ends by itself. A running server sends the
/// mails it queues.
pub(crate) async fn open_accounts(
    arguments: &Arguments,
    config: &Config,
    listen: SocketAddr,
) -> anyhow::Result<Accounts> {
    let key = server_key::of_installation(config, &arguments.data)?;
    let opened = accounts::store::open(&place(arguments, accounts::store::SERVICE).address)
        .await
        .context("the accounts cannot be opened")?;
    let settings = Settings { base_url: base_url(config, listen), audit_days: config.staff.audit_days };
    let clock = Arc::new(SystemClock);
    let parts = accounts::Parts { key: &key, clock, ids: Arc::new(RandomIds), settings };
    Ok(Accounts::new(opened.store, parts))
}

/// Whether there are accounts to open: a mistyped folder is not made.
pub(crate) fn has_accounts(arguments: &Arguments) -> bool {
    let elsewhere = arguments.store.as_ref().is_some_and(|url| !url.starts_with("sqlite:"));
    elsewhere || database(&arguments.data).exists()
}

/// What every staff route of every service needs, for the test that tries them all.
pub(crate) fn table() -> Vec<StaffRoute> {
    let tables = [
        accounts::web::routes().into_router().table,
        finder::web::desk::routes().into_router().table,
        booking::web::desk::routes().into_router().table,
        booking::api::staff_routes().into_router().table,
    ];
    tables.concat()
}

/// The address people use. Without one in the configuration it is this machine under the name that passkeys accept.
pub(crate) fn base_url(config: &Config, listen: SocketAddr) -> String {
    if config.site.base_url.is_empty() {
        format!("http://localhost:{}", listen.port())
    } else {
        config.site.base_url.clone()
    }
}

fn database(data: &Path) -> std::path::PathBuf {
    data.join("accounts.db")
}

type Way = (Arc<dyn Post>, MessageIds, Option<Arc<LocalPost>>);

fn post(config: &Config, key: &ServerKey, clock: &Arc<dyn Clock>) -> anyhow::Result<Way> {
    Ok(match &config.mail {
        Some(settings) => {
            let relay = settings.check()?;
            let message_ids = MessageIds::new(key, relay.sender());
            (Arc::new(SmtpPost::new(relay, clock.clone())), message_ids, None)
        }
        None => {
            let local = Arc::new(LocalPost::new(clock.clone()));
            (local.clone(), MessageIds::local(key), Some(local))
        }
    })
}

/// The directory's topics and languages, for the profiles of counsellors.
struct Choices(Arc<Lexicon>);

impl ProfileChoices for Choices {
    fn topics(&self, lang: Lang) -> Vec<(String, String)> {
        finder::web::choices::topics(&self.0, lang)
    }

    fn languages(&self, lang: Lang) -> Vec<(String, String)> {
        finder::web::choices::languages(lang)
    }
}
