//! Names that belong to nobody.
//!
//! Every name says that it is made up; phone numbers come from the ranges the Bundesnetzagentur keeps free for films
//! and examples, mail and web addresses from names reserved for examples.

/// Bodies that run the invented centres.
pub(super) const CARRIERS: &[(&str, &str)] = &[
    ("Musterverband Sozialhilfe e. V.", "Musterverband"),
    ("Beispielwerk gGmbH", "Beispielbund"),
    ("Verein Musterhilfe e. V.", "Musterverband"),
    ("Stiftung Beispielhaus", "Beispielbund"),
    ("Demokreis für Beratung e. V.", "Dachverband Demo"),
    ("Erfundene Bürgerhilfe e. V.", "Dachverband Demo"),
    ("Musterstadt-Werk gGmbH", "Musterverband"),
    ("Beispielgemeinschaft Soziales e. V.", "Beispielbund"),
    ("Phantasie-Hilfswerk e. V.", "Dachverband Demo"),
];

/// How centre names begin, so that nobody takes them for real.
pub(super) const MARKS: &[&str] = &["Muster", "Beispiel", "Demo", "Phantasie"];

/// What a centre calls itself after its mark.
pub(super) const HOUSES: &[&str] =
    &["haus", "zentrum", "treff", "werk", "hof", "laden", "brücke", "anker", "fenster", "lotse"];

/// Streets.
pub(super) const STREETS: &[&str] = &[
    "Musterstraße",
    "Beispielweg",
    "Phantasieplatz",
    "Erfundene Gasse",
    "Probeallee",
    "Demoufer",
    "Musterring",
    "Am Beispielpark",
];

/// Second lines of addresses.
pub(super) const EXTRAS: &[&str] =
    &["Hinterhaus", "2. Stock", "Eingang im Hof", "Erdgeschoss rechts", "3. Stock, Aufzug im Hof", "Haus B"];

/// Phone ranges free for fiction by the first digit of the postcode: (prefix, how many digits follow).
pub(super) const PHONES: [(&str, usize); 10] = [
    ("030 23125 ", 3),
    ("030 23125 ", 3),
    ("040 66969 ", 3),
    ("040 66969 ", 3),
    ("0221 4710 ", 3),
    ("0221 4710 ", 3),
    ("069 90009 ", 3),
    ("069 90009 ", 3),
    ("089 99998 ", 3),
    ("089 99998 ", 3),
];

/// The mobile range free for fiction, followed by two digits.
pub(super) const MOBILE: &str = "0171 39200 ";

/// Languages beside German and how many of 100 centres speak them.
pub(super) const LANGUAGES: &[(&str, usize)] = &[
    ("en", 45),
    ("tr", 22),
    ("ar", 18),
    ("ru", 18),
    ("uk", 14),
    ("pl", 12),
    ("fr", 8),
    ("ro", 7),
    ("fa", 7),
    ("es", 5),
    ("it", 5),
    ("bg", 3),
    ("sq", 3),
    ("vi", 2),
    ("ti", 2),
    ("dgs", 4),
];

/// Facts about getting in, with whether they fit a house a wheelchair cannot enter.
pub(super) const FACTS: &[(&str, bool)] = &[
    ("Stufenloser Eingang", false),
    ("Aufzug", false),
    ("Rollstuhlgerechte Toilette", false),
    ("Türen mindestens 90 cm breit", false),
    ("Klingel in 1,50 m Höhe", true),
    ("2 Stufen am Eingang", true),
    ("Induktionsschleife im Beratungsraum", true),
    ("Leitstreifen bis zum Eingang", true),
    ("Assistenzhunde willkommen", true),
    ("Treppe ohne Geländer", true),
];

/// Ways to get there.
pub(super) const DIRECTIONS: &[&str] = &[
    "Bus 10, Haltestelle Musterplatz, dann 3 Minuten zu Fuß",
    "5 Minuten vom Bahnhof, Ausgang Beispielstraße",
    "Straßenbahn 3, Haltestelle Phantasieplatz",
    "Parkplätze im Hof, Einfahrt über den Beispielweg",
];
