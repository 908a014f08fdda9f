### Seite einer Stelle

centre-new-search = Neue Suche
centre-about-heading = Über die Stelle
centre-offers-heading = Angebote
centre-hours-heading = Öffnungszeiten
centre-hours-unknown = Zu den Öffnungszeiten haben wir keine Angaben. Rufen Sie vorher an.
centre-hours-holidays = An Feiertagen kann die Stelle geschlossen sein. Rufen Sie im Zweifel an.
centre-hours-reason = Grund:
centre-contact-none = Wir haben keine Telefonnummer und keine E-Mail-Adresse.
centre-vcard = Kontakt ins Telefonbuch übernehmen
centre-vcard-hint = Name, Anschrift und Telefon kommen auf Ihr Gerät. Der Name der Stelle kann verraten, worum es geht.
centre-access-heading = Hinkommen und reinkommen
centre-access-unknown = Ob Sie mit Rollstuhl hineinkommen, wissen wir nicht. Fragen Sie die Stelle.
centre-languages-heading = Sprachen
centre-languages-german = Zu den Sprachen haben wir keine Angaben. Deutsch wird fast immer gesprochen.
centre-carrier-heading = Wer dahinter steht
centre-carrier = Träger
centre-association = Verband
centre-source = Quelle der Angaben
centre-confirmed-heading = Stand
centre-confirmed = Zuletzt bestätigt am { $date }
centre-confirmed-never = Wann die Angaben zuletzt bestätigt wurden, wissen wir nicht.
centre-report-heading = Stimmt etwas nicht?
centre-report-mail = Fehler per E-Mail melden
centre-report-phone = Oder rufen Sie uns an:
centre-report-subject = Fehler im Eintrag
centre-report-none = Sagen Sie es bitte direkt der Stelle.
centre-report-warning = Schreiben Sie nichts über sich selbst. Eine E-Mail ist nicht anonym.
centre-map-heading = Karte
centre-map-title = Karte: wo die Stelle ist
centre-map-description = Der Punkt zeigt die Stelle in { $city }. Die Anschrift steht oben auf der Seite.
centre-map-approximate = Der Punkt zeigt nur ungefähr, wo die Stelle ist.
centre-offer-link = Mehr zu diesem Angebot auf der Seite der Stelle
centre-offer-target = Für wen
centre-offer-modes = Wie
centre-offer-languages = Weitere Sprachen
centre-offer-topics = Themen
centre-offer-areas = Zuständig für
centre-offer-keywords = Stichwörter
centre-areas-nationwide = Menschen aus ganz Deutschland
centre-areas-unknown = Dazu haben wir keine Angaben. Fragen Sie die Stelle, ob sie Ihnen helfen kann.
centre-areas-lands = Bundesländer: { $names }
centre-areas-districts = Landkreise und Städte: { $names }
centre-areas-municipalities = Orte: { $names }
centre-areas-postcodes = Postleitzahlen: { $names }
centre-areas-more =
    { $count ->
        [one] und eine weitere Angabe
       *[other] und { $count } weitere Angaben
    }
centre-free = Die Beratung ist kostenlos.
centre-elsewhere-note = Die Seite der Stelle gehört nicht zu uns. Dort gelten andere Regeln für Ihre Daten.
