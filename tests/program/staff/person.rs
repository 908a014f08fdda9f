//! A member of staff with a browser: cookies, forms, and an authenticator app.

use std::{
    collections::BTreeMap,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use crate::harness::{Reply, Server};

/// Everybody's password in these tests.
pub(crate) const PASSWORD: &str = "drei rote Boote am Steg";

/// Somebody with a browser of her own.
pub(crate) struct Person<'a> {
    server: &'a Server,
    cookies: BTreeMap<String, String>,
}

impl<'a> Person<'a> {
    /// A browser without cookies.
    pub(crate) fn nobody(server: &'a Server) -> Self {
        Self { server, cookies: BTreeMap::new() }
    }

    /// The first administrator, by the link that the start prints.
    pub(crate) fn first_administrator(server: &'a Server) -> Self {
        let mut person = Self::nobody(server);
        let link = server.said_after("/einrichten#");
        let fields = [("geheimnis", link.as_str())];
        assert_eq!(person.post("/einrichten", &fields).status, 200);
        let made = person.post(
            "/einrichten/anlegen",
            &[
                ("geheimnis", &link),
                ("name", "Ada Anfang"),
                ("mail", "ada@beispiel.example"),
                ("passwort", PASSWORD),
            ],
        );
        person.set_up_app(&made);
        person
    }

    /// Invites somebody, who accepts and sets up her second factor.
    pub(crate) fn invite(&mut self, name: &str, mail: &str, grant: &[(&str, &str)]) -> Person<'a> {
        let mut fields = vec![("name", name), ("mail", mail), ("sprache", "de")];
        fields.extend_from_slice(grant);
        let invited = self.send_form("/arbeitsplatz/personen/einladen", &fields);
        assert_eq!(invited.status, 303, "{}", text_of(&invited.body));
        let secret = self.server.link_in_mail(mail, "/einladung#");
        let mut person = Person::nobody(self.server);
        let shown = person.post("/einladung", &[("geheimnis", &secret)]);
        assert!(shown.status == 200 && shown.body.contains(mail), "{}", text_of(&shown.body));
        let accepted = person
            .post("/einladung/annehmen", &[("geheimnis", &secret), ("name", name), ("passwort", PASSWORD)]);
        person.set_up_app(&accepted);
        person
    }

    /// Follows to the page that demands a second factor and gives the app's first code.
    pub(crate) fn set_up_app(&mut self, came_from: &Reply) {
        assert_eq!(came_from.status, 303, "{}", text_of(&came_from.body));
        let page = self.get(&local(came_from.header("location")[0]));
        let secret = between(&page.body, "translate=\"no\">", "</code>").replace(' ', "");
        let offer = between(&page.body, "name=\"angebot\" value=\"", "\"").to_owned();
        let token = token_in(&page.body);
        let fields = [("csrf", token.as_str()), ("angebot", &offer), ("code", &code(&secret))];
        let done = self.post("/anmelden/einrichten", &fields);
        assert_eq!(done.status, 303, "{}", text_of(&done.body));
        assert!(self.cookies.contains_key("__Host-session"));
    }

    /// Asks for a page.
    pub(crate) fn get(&mut self, path: &str) -> Reply {
        let request = self.server.agent().get(self.server.url(path)).header("cookie", self.cookie());
        let reply = Reply::of(request.call().unwrap());
        self.keep(&reply);
        reply
    }

    /// Sends a form from the page at the same address: its token is taken from there.
    pub(crate) fn send_form(&mut self, path: &str, fields: &[(&str, &str)]) -> Reply {
        let page = self.get(path);
        assert_eq!(page.status, 200, "{path}: {}", text_of(&page.body));
        self.post_with(path, &token_in(&page.body), fields)
    }

    /// Sends fields with a form token.
    pub(crate) fn post_with(&mut self, path: &str, token: &str, fields: &[(&str, &str)]) -> Reply {
        let mut all = vec![("csrf", token)];
        all.extend_from_slice(fields);
        self.post(path, &all)
    }

    /// Sends fields as one of our own pages does.
    pub(crate) fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Reply {
        let encode = |text| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
        let body: Vec<String> =
            fields.iter().map(|(name, value)| format!("{}={}", encode(name), encode(value))).collect();
        let request = self
            .server
            .agent()
            .post(self.server.url(path))
            .header("cookie", self.cookie())
            .header("sec-fetch-site", "same-origin")
            .header("content-type", "application/x-www-form-urlencoded");
        let reply = Reply::of(request.send(body.join("&")).unwrap());
        self.keep(&reply);
        reply
    }

    /// Sends JSON as a script of our own pages would.
    pub(crate) fn send_json(&mut self, method: &str, path: &str, body: &str) -> Reply {
        let url = self.server.url(path);
        let agent = self.server.agent();
        let request = if method == "PUT" { agent.put(url) } else { agent.post(url) };
        let request = request
            .header("cookie", self.cookie())
            .header("sec-fetch-site", "same-origin")
            .header("content-type", "application/json");
        Reply::of(request.send(body).unwrap())
    }

    /// The token of this person's forms, as any of her pages has it.
    pub(crate) fn token(&mut self) -> String {
        let page = self.get("/mein-konto");
        assert_eq!(page.status, 200);
        token_in(&page.body)
    }

    fn cookie(&self) -> String {
        let pairs: Vec<_> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        pairs.join("; ")
    }

    fn keep(&mut self, reply: &Reply) {
        for cookie in reply.header("set-cookie") {
            let (name, rest) = cookie.split_once('=').unwrap();
            let value = rest.split(';').next().unwrap_or_default();
            assert!(cookie.contains("Secure") && cookie.contains("HttpOnly"), "{name} is not protected");
            if value.is_empty() {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
    }
}

impl Server {
    /// The secret behind a link of this kind in the newest mail to somebody.
    pub(crate) fn link_in_mail(&self, to: &str, kind: &str) -> String {
        let mut found = None;
        self.wait_until(&format!("a mail with {kind}"), Duration::from_secs(20), || {
            let mails = self.mails();
            found = mails
                .iter()
                .filter(|mail| mail["to"] == to)
                .find_map(|mail| Some(after(mail["body"].as_str()?, kind)?.to_owned()));
            found.is_some()
        });
        found.unwrap()
    }

    /// The secret behind a link of this kind in what the start printed.
    fn said_after(&self, kind: &str) -> String {
        let mut found = None;
        self.wait_until(&format!("the line with {kind}"), Duration::from_secs(20), || {
            found = after(&self.said(), kind).map(str::to_owned);
            found.is_some()
        });
        found.unwrap()
    }
}

fn after<'t>(text: &'t str, mark: &str) -> Option<&'t str> {
    text.split_once(mark)?.1.split_whitespace().next()
}

fn between<'t>(text: &'t str, start: &str, end: &str) -> &'t str {
    let rest = text.split_once(start).unwrap_or_else(|| panic!("no {start} in {}", text_of(text))).1;
    rest.split_once(end).unwrap().0
}

/// The token in a page's first form.
pub(crate) fn token_in(page: &str) -> String {
    between(page, "name=\"csrf\" value=\"", "\"").to_owned()
}

/// The path of an address on this site.
fn local(address: &str) -> String {
    assert!(address.starts_with('/'), "{address} leads away");
    address.to_owned()
}

/// What a person reads on a page, for the message of a test that failed.
pub(crate) fn text_of(html: &str) -> String {
    let main = html.split_once("<main").map_or(html, |(_, main)| main);
    let mut text = String::new();
    let mut inside = true;
    for sign in main.chars() {
        match sign {
            '<' => inside = true,
            '>' => inside = false,
            _ if !inside => text.push(sign),
            _ => {}
        }
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(1_500).collect()
}

/// What the app shows now.
#[expect(clippy::disallowed_methods, reason = "an authenticator app has a clock of its own")]
fn code(secret: &str) -> String {
    let bytes = data_encoding::BASE32_NOPAD.decode(secret.as_bytes()).unwrap();
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
    totp_rs::Builder::new()
        .with_secret(bytes)
        .with_step_duration(30)
        .build()
        .unwrap()
        .generate(now)
        .to_string()
}
