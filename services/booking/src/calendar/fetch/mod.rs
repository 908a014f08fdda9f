//! Fetching a counsellor's calendar from an address that she entered.
//!
//! The server must not become a way into its own network (SSRF), so that an address is HTTPS on the usual port with a host
//! name; the name is resolved once, and only public addresses out of that answer are connected to. No redirect is followed,
//! no proxy asked, nothing sent but the address itself.

mod public;
#[cfg(test)]
pub(crate) mod tests;

use std::{
    net::{IpAddr, SocketAddr},
    sync::Arc,
    time::Duration,
};

use reqwest::{
    Client, Response, Url,
    dns::{Addrs, Name, Resolve, Resolving},
    header, redirect,
};
use tokio::time::timeout;

use super::busy::LARGEST;
pub use public::is_public;

/// Time for a whole fetch: name, connection, answer.
const PATIENCE: Duration = Duration::from_secs(10);

/// Longest address in bytes.
const ADDRESS: usize = 2_000;

/// Why a calendar could not be fetched; each is something else to tell the person who entered the address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum FetchProblem {
    /// Not an address of the web at all, or too long.
    #[error("this is no address")]
    NoAddress,
    /// Neither `https:` nor `webcal:`.
    #[error("only https: and webcal: addresses are fetched")]
    Scheme,
    /// A name or password stands before the host.
    #[error("the address contains a sign-in")]
    Credentials,
    /// A port of its own.
    #[error("the address names a port")]
    Port,
    /// A number instead of a name, or a name of this or the local network.
    #[error("the address does not lead to the public internet")]
    NotPublic,
    /// Nobody knows the name.
    #[error("the name is not known")]
    UnknownName,
    /// No connection, or no trustworthy one.
    #[error("there is no safe connection")]
    Unreachable,
    /// It leads elsewhere; the address it leads to may be entered.
    #[error("the address leads to another one")]
    Redirected,
    /// An answer other than the calendar, with the HTTP status.
    #[error("the answer was {0}")]
    Refused(u16),
    /// Larger than calendars are.
    #[error("the calendar is too large")]
    TooLarge,
    /// Not there after ten seconds.
    #[error("it took too long")]
    TooSlow,
}

/// The address of a calendar that may be tried. Its `Debug` keeps it to itself: such addresses are secrets.
#[derive(Clone, PartialEq, Eq)]
pub struct CalendarAddress(Url);

impl CalendarAddress {
    /// Reads an address as somebody enters it.
    ///
    /// # Errors
    /// [`FetchProblem`], the ones about the address.
    pub fn parse(text: &str) -> Result<Self, FetchProblem> {
        let text = text.trim_matches([' ', '\t', '\r', '\n']);
        // What an address parser would silently drop or turn around is not accepted to begin with.
        let odd = |character: char| character.is_control() || character.is_whitespace() || character == '\\';
        if text.len() > ADDRESS || text.contains(odd) {
            return Err(FetchProblem::NoAddress);
        }
        let (scheme, rest) = text.split_once("://").ok_or(FetchProblem::NoAddress)?;
        if !["https", "webcal", "webcals"].iter().any(|known| scheme.eq_ignore_ascii_case(known)) {
            return Err(FetchProblem::Scheme);
        }
        let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
        if authority.is_empty() {
            return Err(FetchProblem::NoAddress);
        }
        if authority.contains('@') {
            return Err(FetchProblem::Credentials);
        }
        let url = Url::parse(&format!("https://{rest}")).map_err(|_| FetchProblem::NoAddress)?;
        // One parser decides: names that turn into numbers (0x7f.1, 2130706433, full-width digits) are numbers here too.
        if !url.username().is_empty() || url.password().is_some() {
            return Err(FetchProblem::Credentials);
        }
        let host = url.host_str().unwrap_or_default();
        let numeric = host.starts_with('[') || host.parse::<IpAddr>().is_ok();
        if numeric || local_name(host) {
            return Err(FetchProblem::NotPublic);
        }
        if url.port().is_some() {
            return Err(FetchProblem::Port);
        }
        Ok(Self(url))
    }

    /// The whole address, to store it (sealed).
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// Where it leads, without what makes it a secret: to be shown to whom it belongs.
    pub fn host(&self) -> &str {
        self.0.host_str().unwrap_or_default()
    }

    /// Whether it leads to the same host as another address, one of this installation for instance.
    pub fn is_at_host_of(&self, address: &str) -> bool {
        Url::parse(address).is_ok_and(|other| other.host_str() == self.0.host_str())
    }
}

impl std::fmt::Debug for CalendarAddress {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("CalendarAddress(…)")
    }
}

/// A name without a dot, with one at its end, or under an ending that no public name has.
fn local_name(host: &str) -> bool {
    let ending = host.rsplit('.').next().unwrap_or_default();
    let reserved = [
        "local",
        "localhost",
        "localdomain",
        "internal",
        "intranet",
        "lan",
        "home",
        "corp",
        "onion",
        "invalid",
    ];
    !host.contains('.') || ending.is_empty() || reserved.contains(&ending) || host.ends_with(".home.arpa")
}

/// Fetches calendars.
#[derive(Debug, Clone)]
pub struct Fetcher {
    names: Names,
    patience: Duration,
    authority: Option<reqwest::Certificate>,
}

/// Where the numbers behind a name come from.
#[derive(Debug, Clone)]
enum Names {
    /// The operating system; only public numbers are used.
    System,
    /// Always these numbers; only public ones are used.
    #[cfg(test)]
    Answer(Vec<IpAddr>),
    /// A server of the tests' own on this machine.
    #[cfg(any(test, feature = "testing"))]
    ThisMachine(u16),
}

impl Default for Fetcher {
    fn default() -> Self {
        Self { names: Names::System, patience: PATIENCE, authority: None }
    }
}

impl Fetcher {
    /// For tests: whatever name is asked for, a server on this machine answers at `port`, with a certificate of the
    /// authority in `pem`.
    ///
    /// # Panics
    /// When `pem` is no certificate.
    #[cfg(any(test, feature = "testing"))]
    #[must_use]
    pub fn at_this_machine(port: u16, pem: &str) -> Self {
        let authority = reqwest::Certificate::from_pem(pem.as_bytes()).expect("a certificate");
        Self { names: Names::ThisMachine(port), authority: Some(authority), ..Self::default() }
    }

    /// The bytes at an address, at most [`LARGEST`] of them.
    ///
    /// # Errors
    /// [`FetchProblem`].
    pub async fn fetch(&self, address: &CalendarAddress) -> Result<Vec<u8>, FetchProblem> {
        timeout(self.patience, self.fetch_patiently(&address.0)).await.unwrap_or(Err(FetchProblem::TooSlow))
    }

    async fn fetch_patiently(&self, url: &Url) -> Result<Vec<u8>, FetchProblem> {
        let numbers = self.numbers(url.host_str().unwrap_or_default()).await?;
        let request = self.client(numbers)?.get(url.clone());
        // An answer that is not compressed cannot grow.
        let request =
            request.header(header::ACCEPT, "text/calendar").header(header::ACCEPT_ENCODING, "identity");
        let response = request.send().await.map_err(|_| FetchProblem::Unreachable)?;
        let status = response.status();
        if status.is_redirection() {
            return Err(FetchProblem::Redirected);
        }
        let encoded = response.headers().get(header::CONTENT_ENCODING).is_some_and(|name| name != "identity");
        if status != reqwest::StatusCode::OK || encoded {
            return Err(FetchProblem::Refused(status.as_u16()));
        }
        body(response).await
    }

    /// The public numbers behind a name.
    async fn numbers(&self, host: &str) -> Result<Vec<SocketAddr>, FetchProblem> {
        let answer: Vec<IpAddr> = match &self.names {
            Names::System => {
                let found = tokio::net::lookup_host((host, 443)).await;
                found.map_err(|_| FetchProblem::UnknownName)?.map(|number| number.ip()).collect()
            }
            #[cfg(test)]
            Names::Answer(numbers) => numbers.clone(),
            #[cfg(any(test, feature = "testing"))]
            Names::ThisMachine(port) => return Ok(vec![SocketAddr::from(([127, 0, 0, 1], *port))]),
        };
        if answer.is_empty() {
            return Err(FetchProblem::UnknownName);
        }
        let public = answer.into_iter().filter(|number| is_public(*number));
        let public: Vec<_> = public.map(|number| SocketAddr::new(number, 443)).collect();
        if public.is_empty() { Err(FetchProblem::NotPublic) } else { Ok(public) }
    }

    /// A client that can reach these numbers and no other. Made anew for each fetch, so that no connection, cookie
    /// or name is left from one to the next.
    fn client(&self, numbers: Vec<SocketAddr>) -> Result<Client, FetchProblem> {
        let mut builder = Client::builder()
            .https_only(true)
            .redirect(redirect::Policy::none())
            .no_proxy()
            .referer(false)
            .no_gzip()
            .no_brotli()
            .no_zstd()
            .no_deflate()
            .pool_max_idle_per_host(0)
            .dns_resolver(Arc::new(Resolved(numbers)));
        if let Some(authority) = &self.authority {
            builder = builder.add_root_certificate(authority.clone());
        }
        builder.build().map_err(|_| FetchProblem::Unreachable)
    }
}

/// The numbers that were checked, for whatever name the client asks: there is no second look-up to differ.
struct Resolved(Vec<SocketAddr>);

impl Resolve for Resolved {
    fn resolve(&self, _: Name) -> Resolving {
        let numbers: Addrs = Box::new(self.0.clone().into_iter());
        Box::pin(std::future::ready(Ok(numbers)))
    }
}

async fn body(mut response: Response) -> Result<Vec<u8>, FetchProblem> {
    let announced = response.content_length().unwrap_or(0);
    if usize::try_from(announced).map_or(true, |announced| announced > LARGEST) {
        return Err(FetchProblem::TooLarge);
    }
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|_| FetchProblem::Unreachable)? {
        if body.len() + chunk.len() > LARGEST {
            return Err(FetchProblem::TooLarge);
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}
