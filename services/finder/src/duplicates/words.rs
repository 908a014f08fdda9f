//! Words in the names of centres: who runs it, what it does, and what says nothing.
//!
//! All tables are folded as texts are before they are compared.

use std::sync::LazyLock;

use super::fold;

/// Carriers by the beginnings of their words; a full stop closes a word that counts only whole. The first name of a line
/// stands for all on it.
const CARRIERS: &[(&str, &[&str])] = &[
    ("caritas", &["caritas", "dicv."]),
    ("diakonie", &["diakon", "diak.", "dw.", "innere mission", "kirchenkreis", "stadtmission"]),
    ("awo", &["awo.", "arbeiterwohlfahrt", "arbeiter wohlfahrt"]),
    ("drk", &["drk.", "deutsch rot kreuz", "rot kreuz"]),
    ("paritaet", &["parität", "dpwv."]),
    ("skf", &["skf.", "sozialdienst kath frauen"]),
    ("skm", &["skm.", "sozialdienst kath männer", "kath verein soz dienste"]),
    ("asb", &["asb.", "arbeiter samariter bund"]),
    ("johanniter", &["johanniter", "juh."]),
    ("malteser", &["malteser"]),
    ("heilsarmee", &["heilsarmee"]),
    ("blaues kreuz", &["blau kreuz"]),
    ("kreuzbund", &["kreuzbund"]),
    ("guttempler", &["guttempler"]),
    ("freundeskreis", &["freundeskreis"]),
    ("lebenshilfe", &["lebenshilfe"]),
    ("pro familia", &["pro familia", "profamilia"]),
    ("in via", &["in via.", "invia"]),
    ("verbraucherzentrale", &["verbraucherzentrale", "verbraucherberatung", "vz."]),
    ("landkreis", &["landkreis", "lk.", "landratsamt", "kreisverwaltung", "gesundheitsamt"]),
    ("stadt", &["stadt.", "städtisch", "stadtverwaltung", "gemeinde.", "sozialamt", "rathaus"]),
];

/// Carriers of the public hand: two names of them may mean the same office.
const PUBLIC: &[&str] = &["landkreis", "stadt"];

/// What a centre does, by parts of words; the topics are those of the lexicon that mean it.
const SERVICES: &[(&[&str], &[&str])] = &[
    (
        &["sucht", "drogen", "alkohol", "medikament", "glücksspiel", "spielfrei", "drobs"],
        &["addiction", "alcohol", "drugs", "medication", "gambling", "tobacco", "media", "eating"],
    ),
    (
        &["schuld", "insolvenz", "überschuld", "pkonto"],
        &["debt", "insolvency", "garnishment", "energy_debt", "rent_arrears"],
    ),
    (
        &["wohnungslos", "obdach", "wohnungsn", "wohnraum", "nichtsesshaft", "zfw"],
        &["homelessness", "eviction", "shelter", "day_centre", "streetwork", "assisted_living"],
    ),
    (&["schwanger"], &["pregnancy"]),
    (&["migration", "flüchtling", "integration", "asyl", "zuwander", "jmd"], &["migration"]),
    (&["erziehung", "familien", "eheberat", "lebensberat", "elternberat", "efl"], &["family"]),
    (&["senior", "renten", "pflege", "demenz", "älter"], &["seniors", "hospice"]),
    (&["psychiatr", "psychisch"], &["mental_health"]),
    (&["behinder", "inklusion", "eutb", "teilhabe"], &["disability"]),
    (&["kurberat", "müttergenesung", "erholung", "kurvermitt"], &["health_cure"]),
    (&["gewalt", "frauennotruf", "frauenhaus", "opfer"], &["violence"]),
    (&["straffäll", "bewährung", "straffreie"], &["offenders"]),
    (&["betreuungsverein", "betreuungsv", "vorsorge"], &["guardianship"]),
    (&["suizid", "krisen", "telefonseelsorge"], &["crisis"]),
    (&["arbeitslos", "erwerbslos"], &["unemployment", "benefits"]),
    (&["sozialberat", "lebenslagen"], &["social"]),
    (&["jugendhilfe", "jugendarbeit", "jugendberufs"], &["youth"]),
    (&[], &["self_help"]),
    (&[], &["relatives"]),
];

/// How many dimensions [`FACETS`] has.
pub(super) const DIMENSIONS: usize = 12;

/// What sets centres of one house apart though their topic is the same, in dimensions: within one, different answers
/// exclude each other.
const FACETS: [&[&[&str]]; DIMENSIONS] = [
    &[&["frau"], &["männer", "mannerb"]],
    &[&["jugend", "jung"], &["erwachsen"]],
    &[&["prävent"]],
    &[&["tagesaufenth", "tagestreff", "tagesstätt", "wärmestub", "teestub", "kontaktcaf", "kontaktladen"]],
    &[
        &["betreut", "wohnheim", "therapiewohn"],
        &["notübernacht", "übernacht", "unterkunft"],
        &["pension", "wohngemeinschaft"],
    ],
    &[
        &["substitution"],
        &["entgift"],
        &["rehabilit", "tagesklinik"],
        &["nachsorge"],
        &["konsumraum"],
        &["mpu", "führerschein"],
        &["motivationsgr"],
    ],
    &[&["gruppe", "selbsthilf", "kreuzbund", "guttempler", "freundeskreis", "elternkreis"]],
    &[&["kleiderk", "kleiderl", "essensausg", "tafel"]],
    &[&["online", "virtuell", "internet"]],
    &[&["nord", "nördlich"], &["süd", "südlich"], &["ost", "östlich"], &["west", "westlich"]],
    &[&["i", "1"], &["ii", "2"], &["iii", "3"], &["iv", "4"]],
    &[&["klinik", "krankenhaus", "spital"], &["jva", "haftanstalt"]],
];

/// Facets whose words only count when they stand alone.
const WHOLE: &[&str] =
    &["nord", "sud", "ost", "west", "i", "ii", "iii", "iv", "1", "2", "3", "4", "mpu", "jva"];

/// Words of a name that say nothing about which centre is meant.
const GENERIC: &[&str] = &[
    "beratung",
    "berat",
    "ber",
    "bst",
    "bs",
    "stelle",
    "fachstelle",
    "fach",
    "zentrum",
    "zentral",
    "center",
    "dienst",
    "hilfe",
    "hilfen",
    "ambulan",
    "fachamb",
    "amb",
    "verband",
    "kreisverband",
    "ortsverein",
    "ortsverband",
    "regional",
    "bezirk",
    "unterbezirk",
    "diözes",
    "kv",
    "ov",
    "werk",
    "verein",
    "stiftung",
    "stift",
    "gesellschaft",
    "bund",
    "kreis",
    "region",
    "land",
    "dekanat",
    "bistum",
    "erzbistum",
    "psychosozial",
    "psb",
    "psbb",
    "psychologisch",
    "behandlung",
    "behandlungsst",
    "sozial",
    "soz",
    "evangel",
    "ev",
    "luth",
    "kath",
    "ökum",
    "allgemein",
    "haus",
    "einrichtung",
    "kontakt",
    "anlauf",
    "info",
    "integriert",
    "menschen",
    "person",
    "angehörig",
    "betroffen",
    "kranke",
    "abhängig",
    "gefährdet",
    "fragen",
    "problem",
    "erkrank",
    "therapie",
    "bereich",
    "abteilung",
    "referat",
    "geschäftsstelle",
    "kreisstelle",
    "außen",
    "neben",
    "zweig",
    "büro",
    "standort",
    "team",
    "sprechstunde",
    "eingang",
    "gemeinn",
    "mbh",
    "gmbh",
    "ggmbh",
    "gug",
    "kdör",
    "leben",
    "wohnen",
    "kinder",
    "eltern",
    "treff",
    "stadtteil",
    "online",
    "verbraucher",
];

/// Words that are in every name.
const STOP: &[&str] = &[
    "für", "f", "und", "u", "der", "die", "das", "des", "dem", "den", "d", "im", "in", "am", "an", "a",
    "bei", "b", "mit", "von", "vom", "zu", "zur", "zum", "e", "v", "ohne", "als", "auf", "o",
];

/// Names of an outpost of a centre.
const BRANCH: &[&str] = &["außenst", "nebenst", "zweigst", "außenspr", "sprechst", "zweigbüro"];

/// A table of beginnings, folded once.
pub(super) struct Tables {
    /// (words that must begin so, carrier, only whole words).
    pub(super) phrases: Vec<(Vec<String>, u32, bool)>,
    /// The carriers that are public offices, as bits.
    pub(super) public: u32,
    /// (part of a word, service).
    pub(super) services: Vec<(String, u32)>,
    /// (part of a word, dimension, answer, only the whole word).
    pub(super) facets: Vec<(String, usize, u8, bool)>,
    /// Beginnings of words that say nothing.
    pub(super) generic: Vec<String>,
    /// Words left out.
    pub(super) stop: Vec<String>,
    /// Beginnings of words for outposts.
    pub(super) branch: Vec<String>,
}

/// The tables.
pub(super) static TABLES: LazyLock<Tables> = LazyLock::new(|| {
    let mut phrases = Vec::new();
    for (bit, (_, forms)) in CARRIERS.iter().enumerate() {
        phrases.extend(forms.iter().map(|form| (fold::words(form), 1u32 << bit, form.ends_with('.'))));
    }
    // Longer phrases first: "sozialdienst katholischer frauen" before anything that is part of it.
    phrases.sort_by_key(|(words, ..): &(Vec<String>, u32, bool)| std::cmp::Reverse(words.len()));
    let bit_of = |name: &&str| CARRIERS.iter().position(|(known, _)| known == name).map_or(0, |bit| 1 << bit);
    let all = |table: &[&str]| table.iter().map(|text| fold::word(text)).collect();
    let services = SERVICES.iter().enumerate().flat_map(|(bit, (parts, _))| {
        parts.iter().map(move |part| (fold::word(part), 1 << bit)).collect::<Vec<_>>()
    });
    let mut facets = Vec::new();
    for (dimension, answers) in FACETS.into_iter().enumerate() {
        for (answer, parts) in (0u8..).zip(answers) {
            facets.extend(parts.iter().map(|part| {
                let part = fold::word(part);
                let whole = WHOLE.contains(&part.as_str());
                (part, dimension, answer, whole)
            }));
        }
    }
    Tables {
        phrases,
        public: PUBLIC.iter().map(bit_of).sum(),
        services: services.collect(),
        facets,
        generic: all(GENERIC),
        stop: all(STOP),
        branch: all(BRANCH),
    }
});

/// The service a topic belongs to, as a bit; 0 for a topic that says nothing ("other").
pub(super) fn service_of_topic(topic: &str) -> u32 {
    SERVICES.iter().position(|(_, topics)| topics.contains(&topic)).map_or(0, |bit| 1 << bit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bits_are_enough_for_all_carriers_and_services() {
        assert!(CARRIERS.len() < 32 && SERVICES.len() < 32);
        assert_eq!(TABLES.public.count_ones() as usize, PUBLIC.len());
    }

    #[test]
    fn every_topic_but_the_rest_belongs_to_a_service() {
        for topic in search_index::search::Lexicon::bundled().topics() {
            assert_eq!(service_of_topic(&topic.id) == 0, topic.id == "other", "{}", topic.id);
        }
    }
}
