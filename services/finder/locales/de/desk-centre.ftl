### Arbeitsplatz: die Einträge der Stellen

## Liste

desk-centre-nav = Stellen
desk-centre-search = Nach Name, Ort oder Postleitzahl suchen
desk-centre-filter = Welche Stellen
desk-centre-filter-all = Alle
desk-centre-filter-stale = Lange nicht bestätigt
desk-centre-filter-point = Ohne Punkt auf der Karte
desk-centre-filter-withdrawn = Herausgenommen
desk-centre-filter-gone = In keiner Liste mehr
desk-centre-found =
    { $count ->
        [0] Keine Stelle gefunden
        [one] Eine Stelle
       *[other] { $count } Stellen
    }
desk-centre-none-own = Ihnen ist noch keine Stelle zugeordnet. Wenden Sie sich an die Administration.
desk-centre-place = Ort
desk-centre-state = Stand
desk-centre-stale = bitte prüfen
desk-centre-standing-listed = in der Suche
desk-centre-standing-withdrawn = herausgenommen
desk-centre-standing-gone = in keiner Liste mehr

## Rahmen

desk-centre-tabs = Seiten dieser Stelle
desk-centre-overview = Überblick
desk-centre-basics = Stammdaten
desk-centre-address = Adresse
desk-centre-contact = Kontakt
desk-centre-hours = Zeiten
desk-centre-access = Zugang
desk-centre-offers = Angebote
desk-centre-preview = Vorschau
desk-centre-save = Speichern
desk-centre-empty = (leer)
desk-centre-closed = geschlossen
desk-centre-moment = { $day }, { $time } Uhr
desk-centre-came-from = Herkunft
desk-centre-origin-list = aus der Liste „{ $source }“ vom { $when }
desk-centre-origin-person = von { $name } am { $when }
desk-centre-origin-made = von Hand angelegt am { $when }
desk-centre-list-says = In der Liste steht:
desk-centre-list-empty = In der Liste steht dazu nichts.
desk-centre-back-to-list = Wert der Liste wieder verwenden
desk-centre-first-says = Zuerst stand hier:
desk-centre-first-empty = Zuerst stand hier nichts.
desk-centre-back-to-first = Ersten Wert wieder verwenden
desk-centre-conflict-title = { $field }: zwei verschiedene Änderungen
desk-centre-conflict-by = Während Sie geschrieben haben, hat sich dieser Wert geändert: { $by }. Welcher Wert soll gelten?
desk-centre-conflict-gone = Während Sie geschrieben haben, wurde dieser Wert gelöscht. Welcher Wert soll gelten?
desk-centre-conflict-theirs = Der andere Wert:
desk-centre-conflict-yours = Ihr Wert:
desk-centre-conflict-error = { $field }: Wählen Sie, welcher Wert gelten soll.

## Erledigt

desk-centre-done-saved = Gespeichert. In der Suche ist es in wenigen Sekunden sichtbar.
desk-centre-done-nothing = Es gab nichts zu ändern.
desk-centre-done-reverted = Zurückgenommen. Es gilt wieder der frühere Wert.
desk-centre-done-offer = Das Angebot ist angelegt. Geben Sie nun an, für welches Gebiet es zuständig ist.
desk-centre-done-confirmed = Danke. Als heute bestätigt vermerkt.
desk-centre-done-withdrawn = Herausgenommen. In wenigen Sekunden findet die Suche diese Stelle nicht mehr.
desk-centre-done-restored = Wieder aufgenommen. In wenigen Sekunden ist die Stelle zu finden.
desk-centre-done-created = Die Stelle ist angelegt. Ergänzen Sie, was noch fehlt.

## Fehler

desk-centre-name-missing = Geben Sie einen Namen ein.
desk-centre-too-long = Kürzen Sie den Text auf höchstens { $count } Zeichen.
desk-centre-entry-too-long = Ein Eintrag ist zu lang. Erlaubt sind { $count } Zeichen in einer Zeile.
desk-centre-too-many = Das sind zu viele Einträge. Erlaubt sind { $count }.
desk-centre-phone-wrong = Geben Sie eine Nummer ein, zum Beispiel 0761 12345.
desk-centre-email-wrong = Geben Sie eine E-Mail-Adresse ein, zum Beispiel beratung@beispiel.de.
desk-centre-website-wrong = Geben Sie eine Web-Adresse ein, zum Beispiel https://www.beispiel.de.
desk-centre-leika-wrong = Die LeiKa-Nummer hat genau 14 Ziffern.
desk-centre-postcode-wrong = Geben Sie eine Postleitzahl mit fünf Ziffern ein.
desk-centre-city-missing = Geben Sie den Ort ein.
desk-centre-degrees-wrong = Geben Sie Grad als Zahl ein, zum Beispiel 47,9959. Oder lassen Sie beide Felder leer.
desk-centre-week-day = Zeile { $row }: Wählen Sie einen Wochentag.
desk-centre-week-time = Zeile { $row }: Geben Sie beide Uhrzeiten an, zum Beispiel 9:00 und 12:30.
desk-centre-week-order = Zeile { $row }: Das Ende liegt vor dem Anfang.
desk-centre-week-overlap = { weekday }: Zwei Zeiten überschneiden sich.
desk-centre-exception-day = Zeile { $row }: Geben Sie den ersten Tag an.
desk-centre-exception-order = Zeile { $row }: Der letzte Tag liegt vor dem ersten.
desk-centre-exception-time = Zeile { $row }: Schreiben Sie die Zeiten so: 9:00-12:00, 14:00-16:00. Leer heißt geschlossen.
desk-centre-plz-wrong = „{ $text }“ ist keine Postleitzahl und kein Bereich. Schreiben Sie zum Beispiel 79100-79112; 80437.
desk-centre-topic-missing = Wählen Sie mindestens ein Thema. Sonst finden Ratsuchende das Angebot nicht.
desk-centre-doubt-postcode = Die Postleitzahl { $postcode } kennen wir nicht. Stimmt sie?
desk-centre-doubt-outside = Der Punkt liegt nicht in Deutschland. Sind Breite und Länge vertauscht?
desk-centre-doubt-far = Der Punkt liegt { $km } km von der Postleitzahl { $postcode } entfernt. Stimmt das?
desk-centre-doubt-agree = Prüfen Sie die Adresse und den Punkt auf der Karte.
desk-centre-doubt-agreed = Es stimmt so. Trotzdem speichern.

## Felder

desk-centre-field-name = Name
desk-centre-field-carrier = Träger
desk-centre-field-association = Verband
desk-centre-field-description = Beschreibung
desk-centre-field-address = Adresse
desk-centre-field-coordinates = Punkt auf der Karte
desk-centre-field-phone = Telefon
desk-centre-field-fax = Fax
desk-centre-field-email = E-Mail
desk-centre-field-website = Eigene Web-Seite
desk-centre-field-weekly = Öffnungszeiten in der Woche
desk-centre-field-exceptions = Schließtage und andere Zeiten
desk-centre-field-note = Hinweis zu den Zeiten
desk-centre-field-wheelchair = Zugang mit Rollstuhl
desk-centre-field-facts = Was beim Hereinkommen wichtig ist
desk-centre-field-directions = Anfahrt
desk-centre-field-languages = Sprachen der Beratung
desk-centre-field-confirmed = Zuletzt bestätigt
desk-centre-field-listed = In der Suche
desk-centre-field-offer = Angebot
desk-centre-field-offer-name = Name des Angebots
desk-centre-field-offer-description = Worum es geht
desk-centre-field-topics = Themen
desk-centre-field-leika = LeiKa-Nummer
desk-centre-field-groups = Für wen
desk-centre-field-keywords = Stichwörter
desk-centre-field-offer-languages = Weitere Sprachen bei diesem Angebot
desk-centre-field-modes = Wie beraten wird
desk-centre-field-areas = Zuständig für
desk-centre-field-link = Web-Seite des Angebots

## Hinweise an Feldern

desk-centre-carrier-hint = Wer die Stelle betreibt, zum Beispiel ein Verein oder die Stadt
desk-centre-description-hint = Kurze, einfache Sätze. Eine leere Zeile beginnt einen neuen Absatz.
desk-centre-languages-hint = Sprachen, in denen jedes Angebot beraten kann
desk-centre-street = Straße und Hausnummer
desk-centre-street-hint = Leer lassen, wenn die Adresse geschützt ist oder es nur Beratung aus der Ferne gibt
desk-centre-extra = Zusatz, zum Beispiel Hinterhaus
desk-centre-postcode = Postleitzahl
desk-centre-city = Ort
desk-centre-lat = Breite
desk-centre-lon = Länge
desk-centre-point-hint = Lassen Sie beide Felder leer, dann nehmen wir die Mitte der Postleitzahl.
desk-centre-point-proposed = Mitte der Postleitzahl: { $point }
desk-centre-map-title = Karte: wo die Stelle ist
desk-centre-map-description = Der Punkt zeigt, wo Ratsuchende die Stelle auf der Karte sehen.
desk-centre-map-approximate = Der Punkt ist nur ungefähr: Er folgt aus der Postleitzahl.
desk-centre-map-none = Es gibt noch keinen Punkt auf der Karte.
desk-centre-phone-hint = Die wichtigste Angabe: Ratsuchende sehen sie überall.
desk-centre-email-hint = Adresse der Stelle, nicht die einer Person
desk-centre-week-hint = Eine Zeile für jede Zeitspanne. Zeilen ohne Uhrzeit zählen nicht.
desk-centre-week-choose = bitte wählen
desk-centre-week-day-label = Tag
desk-centre-week-from = von
desk-centre-week-to = bis
desk-centre-week-note = wofür
desk-centre-note-hint = Was die Zeiten allein nicht sagen, zum Beispiel „und nach Vereinbarung“
desk-centre-exceptions-hint = Urlaub, Feiertage, einzelne Tage. Ohne Zeiten ist die Stelle geschlossen.
desk-centre-exception-from = erster Tag
desk-centre-exception-to = letzter Tag
desk-centre-exception-open = offen, zum Beispiel 9:00-12:00
desk-centre-exception-note = Grund
desk-centre-holidays = Feiertage
desk-centre-holidays-text = An Feiertagen gelten sonst die Zeiten der Woche. Diese Taste trägt die kommenden Feiertage oben als geschlossen ein. Danach müssen Sie speichern.
desk-centre-holidays-add = Feiertage als geschlossen eintragen
desk-centre-holidays-list = Feiertage der nächsten zwölf Monate
desk-centre-holidays-parts = nur in einigen Gemeinden
desk-centre-holidays-covered = steht schon oben
desk-centre-wheelchair-unsaid = keine Angabe
desk-centre-wheelchair-hint = „Zugänglich“ heißt: Eingang, Räume und Toilette
desk-centre-facts-hint = Eine Angabe in jeder Zeile, zum Beispiel „2 Stufen am Eingang“
desk-centre-directions-hint = Zum Beispiel „Straßenbahn 3, Haltestelle Rathaus“
desk-centre-topics-hint = Danach wird am häufigsten gesucht
desk-centre-groups-hint = Eine Gruppe in jeder Zeile, zum Beispiel „Angehörige“
desk-centre-keywords-hint = Ein Stichwort in jeder Zeile. Schreiben Sie auch Wörter, die Ratsuchende im Alltag benutzen.
desk-centre-offer-languages-hint = Sprachen zusätzlich zu denen der ganzen Stelle
desk-centre-leika-hint = Nummer der Leistung im Leistungskatalog der Verwaltung, 14 Ziffern

## Angebote

desk-centre-offer-new = Neues Angebot
desk-centre-offer-title = Angebot: { $name }
desk-centre-offer-free = Angebote sind hier immer kostenlos. Kostenpflichtige gehören nicht in dieses Verzeichnis.
desk-centre-offer-next = Als Nächstes geben Sie das Gebiet an, für das es zuständig ist.
desk-centre-offer-add = Angebot anlegen
desk-centre-offer-remove-title = Dieses Angebot entfernen?
desk-centre-offer-remove = Angebot entfernen
desk-centre-offer-remove-text = Ratsuchende finden es dann nicht mehr. Angebote aus einer Liste können Sie später zurückholen.
desk-centre-removed = Entfernte Angebote
desk-centre-removed-back = Zurückholen

## Gebiete

desk-centre-areas-title = Gebiet: { $name }
desk-centre-areas-lead = Wer hier wohnt, bekommt diese Stelle zuerst gezeigt.
desk-centre-areas-offer = Zum Angebot
desk-centre-areas-change = Gebiet ändern
desk-centre-areas-none = Es ist kein Gebiet angegeben.
desk-centre-areas-nationwide = Ganz Deutschland
desk-centre-areas-nationwide-hint = Dann zählen die Angaben darunter nicht.
desk-centre-areas-plz = Postleitzahlen
desk-centre-areas-plz-hint = Einzelne und Bereiche, getrennt mit Strichpunkt: 79100-79112; 80437
desk-centre-areas-chosen = Landkreise, Städte und Gemeinden
desk-centre-areas-chosen-hint = Häkchen entfernen nimmt ein Gebiet heraus.
desk-centre-areas-search = Landkreis, Stadt oder Gemeinde suchen
desk-centre-areas-search-hint = Ein Teil des Namens genügt
desk-centre-areas-search-button = Namen suchen
desk-centre-areas-found = Gefunden
desk-centre-areas-found-hint = Wählen Sie aus, was dazukommt, und speichern Sie.
desk-centre-areas-nothing = Keinen Namen gefunden. Versuchen Sie einen kürzeren Teil.
desk-centre-areas-lands = Bundesländer
desk-centre-municipality = Gemeinde { $name }
desk-centre-cover = Was damit abgedeckt ist
desk-centre-cover-count =
    { $count ->
        [one] Eine Postleitzahl
       *[other] { $count } Postleitzahlen
    }
desk-centre-cover-map = Karte des Gebiets
desk-centre-cover-map-description = Die Punkte zeigen abgedeckte Postleitzahlen, bei großen Gebieten eine Auswahl.
desk-centre-cover-list = Alle Orte zeigen
desk-centre-cover-more =
    { $count ->
        [one] und eine weitere
       *[other] und { $count } weitere
    }
desk-centre-others = Wer noch zuständig ist
desk-centre-others-text = Diese Stellen decken einen Teil des Gebiets mit demselben Thema ab.
desk-centre-others-more =
    { $count ->
        [one] und eine weitere Stelle
       *[other] und { $count } weitere Stellen
    }
desk-centre-others-none = Für dieses Gebiet und Thema ist keine andere Stelle eingetragen.

## Überblick

desk-centre-public = Seite in der Suche ansehen
desk-centre-confirmed-never = noch nie bestätigt
desk-centre-confirmed-on = Am { $date }
desk-centre-confirm-text = Stimmt alles auf dieser und den anderen Seiten? Ratsuchende sehen, wann Sie das zuletzt bestätigt haben.
desk-centre-confirm = Alles ist aktuell
desk-centre-short = In Kürze
desk-centre-gaps = Fehlende Angaben
desk-centre-gaps-none = Alle wichtigen Angaben sind da.
desk-centre-gap-phone = Keine Telefonnummer
desk-centre-gap-email = Keine E-Mail-Adresse
desk-centre-gap-website = Keine Web-Seite
desk-centre-gap-description = Keine Beschreibung
desk-centre-gap-languages = Keine Sprachen
desk-centre-gap-point = Kein Punkt auf der Karte
desk-centre-gap-exact = Punkt auf der Karte nur ungefähr
desk-centre-gap-hours = Keine Öffnungszeiten
desk-centre-gap-wheelchair = Nichts zum Zugang mit Rollstuhl
desk-centre-gap-area = Angebot ohne Gebiet
desk-centre-gap-topic = Angebot ohne Thema
desk-centre-people = Wer hier arbeitet
desk-centre-people-link = Personen dieser Stelle
desk-centre-records = Woher der Eintrag kommt
desk-centre-records-text = Die Liste bestimmt den Eintrag, solange hier niemand etwas ändert.
desk-centre-records-merged = Mehrere Einträge sind hier zu einem zusammengelegt. Die führende Liste gilt, die anderen füllen Lücken.
desk-centre-record-source = Liste
desk-centre-record-id = Nummer in der Liste
desk-centre-record-when = Stand vom
desk-centre-record-leads = führt
desk-centre-record-fills = füllt Lücken
desk-centre-record-gone = nicht mehr in der Liste
desk-centre-record-absorbed = Zusammengelegt
desk-centre-history = Letzte Änderungen
desk-centre-history-when = Wann
desk-centre-history-who = Wer
desk-centre-history-what = Was
desk-centre-history-none = Von Hand wurde noch nichts geändert.
desk-centre-withdraw-title = Stelle herausnehmen?
desk-centre-withdraw = Aus der Suche nehmen
desk-centre-withdraw-text = Ratsuchende finden die Stelle dann nicht mehr, auch nach dem nächsten Import nicht. Sie können sie jederzeit wieder aufnehmen.
desk-centre-restore-text = Diese Stelle wurde von Hand aus der Suche genommen.
desk-centre-restore = Wieder in die Suche aufnehmen
desk-centre-preview-back = Zurück zum Bearbeiten
desk-centre-preview-text = So sehen Ratsuchende die Stelle. Die Vorschau zeigt, was gespeichert ist.
desk-centre-preview-unlisted = Zurzeit ist sie nicht in der Suche.

## Neue Stelle

desk-centre-new = Neue Stelle
desk-centre-new-lead = Nur für Stellen, die in keiner Liste stehen. Alles Weitere tragen Sie danach ein.
desk-centre-new-offer = Erstes Angebot
desk-centre-new-save = Stelle anlegen

## Protokoll

audit-centre-edited = Eintrag geändert
audit-centre-reverted = Änderung zurückgenommen
audit-centre-created = Stelle angelegt
audit-centre-confirmed = Als aktuell bestätigt
audit-centre-withdrawn = Aus der Suche genommen
audit-centre-restored = Wieder aufgenommen
audit-centre-merged = Stellen zusammengelegt
audit-centre-unmerged = Stellen wieder getrennt
audit-centre-kept-apart = Als verschieden vermerkt
audit-centre-no-longer-kept-apart = Vermerk „verschieden“ gelöscht

## Feiertage

desk-centre-holiday-new-year = Neujahr
desk-centre-holiday-epiphany = Heilige Drei Könige
desk-centre-holiday-womens-day = Internationaler Frauentag
desk-centre-holiday-good-friday = Karfreitag
desk-centre-holiday-easter-sunday = Ostersonntag
desk-centre-holiday-easter-monday = Ostermontag
desk-centre-holiday-labour-day = Tag der Arbeit
desk-centre-holiday-liberation-day = Tag der Befreiung
desk-centre-holiday-ascension = Christi Himmelfahrt
desk-centre-holiday-whit-sunday = Pfingstsonntag
desk-centre-holiday-whit-monday = Pfingstmontag
desk-centre-holiday-corpus-christi = Fronleichnam
desk-centre-holiday-uprising-of-1953 = Jahrestag des Volksaufstands
desk-centre-holiday-peace-of-augsburg = Augsburger Friedensfest
desk-centre-holiday-assumption = Mariä Himmelfahrt
desk-centre-holiday-childrens-day = Weltkindertag
desk-centre-holiday-german-unity = Tag der Deutschen Einheit
desk-centre-holiday-reformation = Reformationstag
desk-centre-holiday-all-saints = Allerheiligen
desk-centre-holiday-repentance = Buß- und Bettag
desk-centre-holiday-christmas-day = Erster Weihnachtstag
desk-centre-holiday-second-christmas-day = Zweiter Weihnachtstag
