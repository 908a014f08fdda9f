### Texts of the components. Ids start with c-; pages use other ids.

## Page shell
c-skip-to-content = Zum Inhalt springen
c-languages = Sprache
c-exit = Schnell verlassen
c-footer-promise = Kostenlos, ohne Anmeldung, anonym. Wir speichern nicht, was Sie suchen.
c-footer-nav = Über diese Seite
c-footer-appointment = Mein Termin
c-footer-help = Hilfe zur Bedienung
c-footer-traces = Spuren auf diesem Gerät
c-footer-accessibility = Barrierefreiheit
c-footer-privacy = Datenschutz
c-footer-imprint = Impressum
c-back = Zurück

## Forms
c-error-prefix = Fehler:
c-error-label = Fehler:
c-error-summary-title =
    { $count ->
        [one] Bitte ändern Sie eine Angabe
       *[other] Bitte ändern Sie { $count } Angaben
    }
c-optional = (freiwillig)

## Search
c-search-form = Beratung suchen
c-search-words = Womit brauchen Sie Hilfe?
c-search-words-hint = Zum Beispiel: Schulden, Alkohol, keine Wohnung
c-search-place = Wo?
c-search-place-hint = Postleitzahl oder Ort
c-search-submit = Beratung suchen
c-suggest-one = Ein Vorschlag. Mit der Pfeiltaste nach unten wählen Sie ihn aus.
c-suggest-many = { $count } Vorschläge. Mit den Pfeiltasten wählen Sie aus.
c-suggest-none = Keine Vorschläge.
c-suggest-list = Vorschläge
c-filters = Suche eingrenzen
c-filters-active = { $count } ausgewählt
c-filters-apply = Anwenden
c-filters-clear = Alle Einschränkungen aufheben

## Results
c-result-number = Nummer
c-result-address = Adresse
c-result-modes = Beratung
c-result-languages = Sprachen
c-result-access = Zugang
c-result-other-offers = Auch hier
c-result-appointment = Termin wählen
c-result-why = Warum diese Stelle?
c-other-help-title = Andere Hilfe in Ihrer Nähe
c-other-help-intro = Diese Stellen sind in Ihrer Nähe. Ihr Suchwort kommt dort nicht vor. Fragen Sie trotzdem: Die Menschen dort wissen, wer Ihnen hilft.
c-map-scale = { $km } km
c-pagination = Seiten der Liste
c-pagination-previous = Zurück
c-pagination-next = Weiter
c-pagination-page = Seite

## A centre
c-contact-title = So erreichen Sie die Stelle
c-contact-phone = Telefon
c-contact-email = E-Mail
c-contact-website = Internet
c-contact-address = Adresse
c-contact-fax = Fax
c-access-directions = So kommen Sie hin:
c-opening-caption = Öffnungszeiten
c-opening-day = Tag
c-opening-hours = Uhrzeit
c-opening-exceptions = Abweichende Tage
c-today = heute
c-closed = geschlossen
c-time-span = { $opens } bis { $closes } Uhr
c-date-span = { $from } bis { $to }

## Notes
c-notice-info = Hinweis
c-notice-success = Erledigt
c-notice-warning = Achtung
c-notice-danger = Wichtig
c-crisis-title = Sofort Hilfe
c-crisis-more = Weitere Notrufnummern

## Staff: page shell
c-staff-nav = Arbeitsplatz
c-staff-menu = Menü
c-staff-account = Mein Konto:
c-staff-sign-out = Abmelden
c-staff-public = Zur öffentlichen Suche
c-breadcrumb = Sie sind hier

## Staff: forms
c-change = Ändern
c-cancel = Abbrechen
c-date-form = Tag.Monat.Jahr oder JJJJ-MM-TT
c-time-form = Stunde:Minute
c-secret-show = Anzeigen
c-secret-show-what = { $what } anzeigen
c-secret-hide = Verbergen
c-multi-row-rule = Leere Zeilen fallen weg. Um eine Zeile zu löschen, leeren Sie ihre Felder.
c-multi-row-more = Weitere Zeilen
c-multi-row-number = Zeile { $number }
c-search-box-submit = Suchen
c-search-box-clear = Suche aufheben

## Staff: tables, states, codes
c-table-filter-count = { $shown } von { $all } Zeilen
c-step-done = erledigt
c-step-current = jetzt
c-step-open = offen
c-diff-field = Angabe
c-diff-old = Bisher
c-diff-new = Neu
c-diff-removed = fällt weg:
c-diff-added = kommt neu:
c-diff-none = leer
c-key-value-none = keine Angabe
c-progress-again = Neuen Stand holen
c-copy = Kopieren
c-copy-what = { $what } kopieren
c-copied = Kopiert.
c-print = Drucken

## Said by the examples of the gallery only
c-example-responsible = zuständig für 50667
c-example-not-responsible = nicht zuständig für 50667
c-example-distance = 3 km entfernt
c-example-distance-far = 24 km entfernt
c-example-reason-words = „Schulden“ steht im Namen des Angebots.
c-example-reason-place = Die Stelle ist für 50667 zuständig.
c-example-appointment = Nächster freier Termin: Montag, 30. November, 9:00 Uhr
c-example-open-now = Jetzt geöffnet, bis 17:00 Uhr
c-example-closed = Heute geschlossen.
c-example-next = Wieder offen: morgen, 9:00 Uhr
c-example-mode-person = vor Ort
c-example-mode-phone = am Telefon
c-example-mode-video = mit Video
c-example-wheelchair = mit Rollstuhl zugänglich
c-example-weekday =
    { $weekday ->
        [1] Montag
        [2] Dienstag
        [3] Mittwoch
        [4] Donnerstag
        [5] Freitag
        [6] Samstag
       *[7] Sonntag
    }
c-example-from = 24. Dezember 2026
c-example-to = 3. Januar 2027
c-example-time = 9:00 Uhr
c-example-time-later = 9:30 Uhr
c-example-nav-start = Übersicht
c-example-nav-centres = Stellen
c-example-nav-import = Import
c-example-nav-people = Personen
c-gallery-title = Bausteine der Seiten
c-gallery-staff-title = Bausteine des Arbeitsplatzes
c-gallery-plain-title = Eine Karte für sich
