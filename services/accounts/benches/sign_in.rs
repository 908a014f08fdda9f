//! Does the time of a refused sign-in tell whether an account exists? Prints the medians for a known and an unknown mail
//! address over 1,000 tries each, through the real router, with the real work of a password check.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a measurement prints, and stops where something is wrong"
)]

use std::{
    net::{IpAddr, Ipv4Addr},
    sync::Arc,
    time::{Duration, Instant},
};

use accounts::{
    Accounts, Settings, store,
    web::{AppState, Parts, ProfileChoices, messages, routes, templates},
};
use async_trait::async_trait;
use axum::{Router, body::Body, http::Request, middleware};
use contracts::staff::{CentreName, CentreNames, DirectoryUnavailable};
use jiff::SignedDuration;
use kernel::{Clock, FixedClock, Lang, RandomIds, ServerKey};
use storekit::testing::Scratch;
use tower::ServiceExt;
use webkit::{
    assets::Assets,
    catalogue::Catalogue,
    limits::Client,
    pages::{Ingredients, Pages},
    staff::{Gate, guard},
};

const TRIES: usize = 1_000;
const KNOWN: &str = "ada@haus.example";
const UNKNOWN: &str = "eve@haus.example";

struct Nothing;

#[async_trait]
impl CentreNames for Nothing {
    async fn centres(&self, _ids: &[String]) -> Result<Vec<CentreName>, DirectoryUnavailable> {
        Ok(Vec::new())
    }

    async fn find(&self, _text: &str, _limit: usize) -> Result<Vec<CentreName>, DirectoryUnavailable> {
        Ok(Vec::new())
    }

    async fn sources(&self) -> Result<Vec<String>, DirectoryUnavailable> {
        Ok(Vec::new())
    }
}

impl ProfileChoices for Nothing {
    fn topics(&self, _lang: Lang) -> Vec<(String, String)> {
        Vec::new()
    }

    fn languages(&self, _lang: Lang) -> Vec<(String, String)> {
        Vec::new()
    }
}

struct House {
    router: Router,
    clock: Arc<FixedClock>,
    _scratch: Scratch,
}

impl House {
    async fn open() -> Self {
        let scratch = Scratch::sqlite();
        let opened = store::open(scratch.address()).await.unwrap();
        let clock = Arc::new(FixedClock::at("2026-11-23T08:00:00Z".parse().unwrap()));
        let key = ServerKey::random();
        let settings = Settings { base_url: "https://hilfe.example".into(), audit_days: 365 };
        let parts = accounts::Parts { key: &key, clock: clock.clone(), ids: Arc::new(RandomIds), settings };
        let accounts = Accounts::new(opened.store, parts);
        let link = accounts.setup_link().await.unwrap().unwrap();
        let app = AppState::new(Parts {
            accounts: accounts.clone(),
            pages: pages(),
            key,
            clock: clock.clone(),
            base_url: "https://hilfe.example".into(),
            name: "Hilfe".into(),
            centres: Arc::new(Nothing),
            trails: Vec::new(),
            attention: Vec::new(),
            choices: Arc::new(Nothing),
            oidc: None,
        })
        .unwrap();
        let gate = Gate::new(Arc::new(accounts), Vec::new());
        let router =
            routes().into_router().forms.layer(middleware::from_fn_with_state(gate, guard)).with_state(app);
        let house = Self { router, clock, _scratch: scratch };
        let secret = link.expose().rsplit_once('#').unwrap().1.to_owned();
        let fields = [
            ("geheimnis", secret.as_str()),
            ("name", "Ada"),
            ("mail", KNOWN),
            ("passwort", "drei rote Fahrräder im Keller"),
        ];
        assert_eq!(house.post("/einrichten/anlegen", &fields, 0).await, 303);
        house
    }

    async fn post(&self, path: &str, fields: &[(&str, &str)], network: u32) -> u16 {
        let body = serde_urlencoded::to_string(fields).unwrap();
        let mut request =
            Request::post(path).header("sec-fetch-site", "same-origin").body(Body::from(body)).unwrap();
        let network = IpAddr::V4(Ipv4Addr::from_bits(0x0b00_0000 + network * 512));
        request.extensions_mut().insert(Client(network));
        let response = self.router.clone().oneshot(request).await.unwrap();
        let status = response.status().as_u16();
        let _page = axum::body::to_bytes(response.into_body(), usize::MAX).await.unwrap();
        status
    }

    /// How long a wrong password takes for this address.
    async fn refused(&self, mail: &str, number: u32) -> Duration {
        // Nothing is throttled: everybody comes from elsewhere, and two minutes later.
        self.clock.set(self.clock.now() + SignedDuration::from_mins(2));
        let fields = [("mail", mail), ("passwort", "ganz falsch geraten"), ("weiter", "")];
        let began = Instant::now();
        assert_eq!(self.post("/anmelden", &fields, number).await, 422);
        began.elapsed()
    }
}

fn pages() -> Pages {
    let all_messages = [webkit::shared::messages(), messages()].concat();
    let all_templates = [webkit::shared::templates(), templates()].concat();
    Pages::new(Ingredients {
        templates: all_templates,
        catalogue: Arc::new(Catalogue::new(&all_messages).unwrap()),
        assets: Assets::embedded().unwrap(),
        site: minijinja::context! { name => "Hilfe", exit_url => "https://example.org", demo => false },
        langs: Lang::SHIPPED.to_vec(),
    })
    .unwrap()
}

fn at(sorted: &[Duration], share: f64) -> f64 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "an index into a thousand measurements"
    )]
    let index = ((sorted.len() - 1) as f64 * share) as usize;
    sorted[index].as_secs_f64() * 1_000.0
}

#[tokio::main]
async fn main() {
    let house = House::open().await;
    let (mut known, mut unknown) = (Vec::new(), Vec::new());
    for number in 0..10 {
        house.refused(if number % 2 == 0 { KNOWN } else { UNKNOWN }, number).await;
    }
    for number in 0..u32::try_from(TRIES).unwrap() {
        // In turns, and each first as often as the other: what else the machine does hits both.
        if number % 2 == 0 {
            known.push(house.refused(KNOWN, 100 + 2 * number).await);
            unknown.push(house.refused(UNKNOWN, 101 + 2 * number).await);
        } else {
            unknown.push(house.refused(UNKNOWN, 101 + 2 * number).await);
            known.push(house.refused(KNOWN, 100 + 2 * number).await);
        }
    }
    known.sort_unstable();
    unknown.sort_unstable();
    println!("refused sign-in, {TRIES} tries each      p10         median            p95");
    for (name, times) in [("known address  ", &known), ("unknown address", &unknown)] {
        let [quiet, median, slow] = [0.1, 0.5, 0.95].map(|share| at(times, share));
        println!("{name}              {quiet:10.3} ms  {median:10.3} ms  {slow:10.3} ms");
    }
    // The quiet tenth is there for machines that do something else meanwhile.
    let [quiet, median] = [0.1, 0.5].map(|share| at(&known, share) - at(&unknown, share));
    println!(
        "difference                   {quiet:10.3} ms  {median:10.3} ms  (goal: the medians differ by less than 1 ms)"
    );
}
