//! What the invented centres offer.

/// A line of work and the offers that belong to it.
pub(super) struct Kind {
    /// How many centres of this kind there are, relative to the others.
    pub(super) weight: usize,
    /// What stands in the centre's name.
    pub(super) title: &'static str,
    /// The offer every centre of this kind makes, one of these.
    pub(super) main: &'static [Template],
    /// What some of them make besides.
    pub(super) further: &'static [Template],
}

/// An offer to be made.
pub(super) struct Template {
    pub(super) name: &'static str,
    pub(super) topics: &'static [&'static str],
    pub(super) keywords: &'static [&'static str],
    pub(super) groups: &'static [&'static str],
    pub(super) text: &'static str,
}

const fn offer(
    name: &'static str,
    topics: &'static [&'static str],
    keywords: &'static [&'static str],
    groups: &'static [&'static str],
    text: &'static str,
) -> Template {
    Template { name, topics, keywords, groups, text }
}

/// All kinds. The first three are the ones every district has.
pub(super) const KINDS: &[Kind] = &[
    Kind {
        weight: 30,
        title: "Schuldnerberatung",
        main: &[
            offer(
                "Schuldnerberatung",
                &["debt"],
                &["Schulden", "Mahnung", "Inkasso", "Ratenzahlung"],
                &[],
                "Wir ordnen mit Ihnen Ihre Unterlagen, verhandeln mit Gläubigern und suchen einen Weg aus den Schulden.",
            ),
            offer(
                "Schuldner- und Insolvenzberatung",
                &["debt", "insolvency"],
                &["Privatinsolvenz", "Pfändung", "P-Konto", "Gläubiger"],
                &[],
                "Anerkannte Stelle im Verbraucherinsolvenzverfahren. Wir stellen auch P-Konto-Bescheinigungen aus.",
            ),
            offer(
                "Soziale Schuldnerberatung",
                &["debt"],
                &["Überschuldung", "Haushaltsplan", "Existenzsicherung"],
                &["Familien"],
                "Beratung bei Überschuldung, auch zu Unterhalt, Miete und Energie.",
            ),
        ],
        further: &[
            offer(
                "P-Konto-Bescheinigung",
                &["debt", "garnishment"],
                &["Kontopfändung", "Pfändungsschutzkonto", "Freibetrag"],
                &[],
                "Bescheinigung über den unpfändbaren Betrag auf Ihrem Konto, meist noch am selben Tag.",
            ),
            offer(
                "Beratung bei Energieschulden",
                &["debt", "energy_debt"],
                &["Stromsperre", "Gas abgestellt", "Nachzahlung"],
                &[],
                "Hilfe, wenn Strom oder Gas gesperrt ist oder eine Sperre droht.",
            ),
            offer(
                "Budgetberatung",
                &["debt"],
                &["Haushaltsbuch", "Geld einteilen"],
                &["Junge Erwachsene", "Familien"],
                "Wir sehen gemeinsam nach, was hereinkommt und was hinausgeht.",
            ),
        ],
    },
    Kind {
        weight: 30,
        title: "Suchtberatung",
        main: &[
            offer(
                "Suchtberatung",
                &["addiction"],
                &["Alkohol", "Medikamente", "Drogen", "Rückfall"],
                &["Betroffene", "Angehörige"],
                "Beratung bei Problemen mit Alkohol, Medikamenten, Drogen und Verhaltenssüchten. Wir vermitteln in Entzug und Therapie.",
            ),
            offer(
                "Jugend- und Drogenberatung",
                &["drugs"],
                &["Cannabis", "Kiffen", "Partydrogen", "Amphetamine"],
                &["Jugendliche", "Junge Erwachsene", "Eltern"],
                "Für junge Menschen, die mit Drogen zu tun haben, und für ihre Eltern.",
            ),
            offer(
                "Psychosoziale Beratung und Behandlung Suchtkranker",
                &["addiction"],
                &["Alkoholsucht", "Entgiftung", "Substitution", "Nachsorge"],
                &["Betroffene"],
                "Beratung, Begleitung bei Substitution und ambulante Nachsorge.",
            ),
        ],
        further: &[
            offer(
                "Glücksspielberatung",
                &["gambling"],
                &["Spielsucht", "Automaten", "Sportwetten", "Casino"],
                &["Betroffene", "Angehörige"],
                "Beratung, wenn das Spielen zum Problem geworden ist.",
            ),
            offer(
                "Beratung für Angehörige von Suchtkranken",
                &["addiction", "relatives"],
                &["Co-Abhängigkeit", "Partner trinkt", "Kinder suchtkranker Eltern"],
                &["Angehörige"],
                "Für alle, die mit einem suchtkranken Menschen leben.",
            ),
            offer(
                "Beratung bei Medien- und Internetsucht",
                &["media"],
                &["Gaming", "Onlinesucht", "Handy"],
                &["Jugendliche", "Eltern"],
                "Wenn Spiele oder soziale Medien den Tag bestimmen.",
            ),
            offer(
                "MPU-Vorbereitung",
                &["addiction"],
                &["Führerschein", "Idiotentest", "Abstinenznachweis"],
                &[],
                "Information und Kurse vor der medizinisch-psychologischen Untersuchung.",
            ),
            offer(
                "Essstörungen: Beratung und Gruppe",
                &["eating"],
                &["Magersucht", "Bulimie", "Essanfälle"],
                &["Frauen", "Jugendliche"],
                "Beratung für Betroffene und ihre Familien.",
            ),
        ],
    },
    Kind {
        weight: 22,
        title: "Wohnungslosenhilfe",
        main: &[
            offer(
                "Fachberatung für Wohnungslose",
                &["homelessness"],
                &["Obdachlos", "Wohnungssuche", "Postadresse"],
                &["Wohnungslose"],
                "Beratung ohne feste Wohnung: Unterkunft, Ausweis, Geld, Postadresse.",
            ),
            offer(
                "Beratung bei drohendem Wohnungsverlust",
                &["homelessness", "eviction"],
                &["Räumung", "Kündigung", "Mietschulden", "Räumungsklage"],
                &["Mieterinnen und Mieter"],
                "Wir helfen, die Wohnung zu behalten, auch kurz vor einem Räumungstermin.",
            ),
            offer(
                "Wohnungsnotfallhilfe",
                &["homelessness"],
                &["Wohnungslos", "Notunterkunft", "Kosten der Unterkunft"],
                &[],
                "Hilfe für Menschen, die ihre Wohnung verloren haben oder in unzumutbaren Verhältnissen leben.",
            ),
        ],
        further: &[
            offer(
                "Tagesaufenthalt",
                &["homelessness", "day_centre"],
                &["Duschen", "Wäsche waschen", "Essen", "Schließfach"],
                &["Wohnungslose"],
                "Ein warmer Ort am Tag: essen, duschen, Wäsche waschen, Post abholen.",
            ),
            offer(
                "Notübernachtung",
                &["homelessness", "shelter"],
                &["Schlafplatz", "Kältehilfe", "Obdach"],
                &["Männer", "Frauen"],
                "Ein Bett für die Nacht, auch ohne Papiere.",
            ),
            offer(
                "Straßensozialarbeit",
                &["homelessness", "streetwork"],
                &["Streetwork", "auf der Straße", "Kältebus"],
                &["Wohnungslose"],
                "Wir kommen zu Ihnen auf die Straße.",
            ),
            offer(
                "Ambulant betreutes Wohnen",
                &["homelessness", "assisted_living"],
                &["Wohnhilfe", "Begleitung", "eigene Wohnung"],
                &["Wohnungslose"],
                "Begleitung in der eigenen oder einer vermittelten Wohnung.",
            ),
        ],
    },
    Kind {
        weight: 9,
        title: "Sozialberatung",
        main: &[offer(
            "Allgemeine Sozialberatung",
            &["social"],
            &["Bürgergeld", "Wohngeld", "Anträge", "Behörden"],
            &[],
            "Erste Anlaufstelle bei Fragen zu Geld, Anträgen und Behörden.",
        )],
        further: &[offer(
            "Hilfe bei Anträgen und Formularen",
            &["social", "benefits"],
            &["Formulare ausfüllen", "Bescheid verstehen"],
            &[],
            "Wir lesen Bescheide mit Ihnen und füllen Formulare aus.",
        )],
    },
    Kind {
        weight: 6,
        title: "Familienberatung",
        main: &[offer(
            "Erziehungs- und Familienberatung",
            &["family"],
            &["Trennung", "Erziehung", "Streit", "Sorgerecht"],
            &["Eltern", "Kinder"],
            "Beratung für Eltern, Kinder und Jugendliche.",
        )],
        further: &[offer(
            "Paar- und Lebensberatung",
            &["family"],
            &["Ehe", "Partnerschaft", "Krise"],
            &["Paare"],
            "Gespräche für Paare und Einzelne.",
        )],
    },
    Kind {
        weight: 4,
        title: "Schwangerschaftsberatung",
        main: &[offer(
            "Schwangerschaftsberatung",
            &["pregnancy"],
            &["Schwanger", "Erstausstattung", "Elterngeld"],
            &["Schwangere", "Eltern"],
            "Beratung vor, während und nach der Schwangerschaft.",
        )],
        further: &[],
    },
    Kind {
        weight: 4,
        title: "Migrationsberatung",
        main: &[offer(
            "Migrationsberatung für Erwachsene",
            &["migration"],
            &["Aufenthalt", "Sprachkurs", "Anerkennung", "Asyl"],
            &["Zugewanderte", "Geflüchtete"],
            "Beratung zu Aufenthalt, Sprache, Arbeit und Wohnen.",
        )],
        further: &[offer(
            "Jugendmigrationsdienst",
            &["migration", "youth"],
            &["Schule", "Ausbildung", "Einbürgerung"],
            &["Jugendliche"],
            "Begleitung für zugewanderte junge Menschen.",
        )],
    },
    Kind {
        weight: 3,
        title: "Frauenberatung",
        main: &[offer(
            "Beratung bei häuslicher Gewalt",
            &["violence"],
            &["Frauenhaus", "Gewaltschutz", "Stalking"],
            &["Frauen"],
            "Vertrauliche Beratung für Frauen, die Gewalt erleben oder erlebt haben.",
        )],
        further: &[],
    },
    Kind {
        weight: 3,
        title: "Seniorenberatung",
        main: &[offer(
            "Beratung im Alter",
            &["seniors"],
            &["Pflege", "Wohnen im Alter", "Demenz"],
            &["Ältere Menschen", "Angehörige"],
            "Beratung zu Pflege, Wohnen und Entlastung.",
        )],
        further: &[],
    },
    Kind {
        weight: 2,
        title: "Teilhabeberatung",
        main: &[offer(
            "Beratung für Menschen mit Behinderung",
            &["disability"],
            &["Teilhabe", "Persönliches Budget", "Schwerbehindertenausweis"],
            &["Menschen mit Behinderung"],
            "Beratung zu Leistungen und Selbstbestimmung.",
        )],
        further: &[],
    },
    Kind {
        weight: 2,
        title: "Jugendberatung",
        main: &[offer(
            "Jugendberatung",
            &["youth"],
            &["Ausbildung", "Stress zu Hause", "Schule"],
            &["Jugendliche", "Junge Erwachsene"],
            "Für junge Menschen bis 27: reden, sortieren, weiterkommen.",
        )],
        further: &[],
    },
    Kind {
        weight: 1,
        title: "Kurberatung",
        main: &[offer(
            "Kurberatung",
            &["health_cure"],
            &["Mutter-Kind-Kur", "Erschöpfung", "Vorsorge"],
            &["Mütter", "Väter", "Pflegende"],
            "Beratung und Antrag für Kuren für Eltern und Pflegende.",
        )],
        further: &[],
    },
    Kind {
        weight: 1,
        title: "Krisendienst",
        main: &[offer(
            "Krisenberatung",
            &["crisis"],
            &["Suizidgedanken", "Verzweiflung", "Notfall"],
            &[],
            "Gespräche in seelischen Krisen, ohne Wartezeit.",
        )],
        further: &[],
    },
    Kind {
        weight: 1,
        title: "Betreuungsverein",
        main: &[offer(
            "Beratung zu rechtlicher Betreuung und Vorsorge",
            &["guardianship"],
            &["Vollmacht", "Patientenverfügung", "Betreuer"],
            &["Angehörige"],
            "Beratung zu Betreuung, Vollmacht und Verfügungen.",
        )],
        further: &[],
    },
    Kind {
        weight: 1,
        title: "Hospizdienst",
        main: &[offer(
            "Hospiz- und Trauerberatung",
            &["hospice"],
            &["Sterben", "Trauer", "Palliativ"],
            &["Angehörige"],
            "Begleitung am Lebensende und in der Trauer.",
        )],
        further: &[],
    },
    Kind {
        weight: 2,
        title: "Selbsthilfetreff",
        main: &[offer(
            "Selbsthilfegruppen Sucht",
            &["self_help", "addiction"],
            &["Gruppe", "trocken bleiben", "Abstinenz"],
            &["Betroffene", "Angehörige"],
            "Gruppen für Betroffene und Angehörige, ohne Anmeldung.",
        )],
        further: &[],
    },
];

/// The offers a centre without an address makes to all of Germany.
pub(super) const ONLINE: &[Template] = &[
    offer(
        "Online-Schuldnerberatung",
        &["debt"],
        &["Schulden", "anonym", "Chat"],
        &[],
        "Beratung zu Schulden im Chat, am Telefon oder im Videogespräch, bundesweit.",
    ),
    offer(
        "Online-Suchtberatung",
        &["addiction"],
        &["Alkohol", "Drogen", "anonym", "Chat"],
        &["Betroffene", "Angehörige"],
        "Suchtberatung im Chat, am Telefon oder im Videogespräch, bundesweit.",
    ),
    offer(
        "Online-Beratung bei Wohnungsnot",
        &["homelessness"],
        &["Räumung", "Mietschulden", "Chat"],
        &[],
        "Beratung bei Wohnungsnot im Chat oder am Telefon, bundesweit.",
    ),
];
