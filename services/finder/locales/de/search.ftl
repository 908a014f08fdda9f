### Suche und Ergebnisse

search-title = Ergebnisse
search-title-form = Suche
search-title-place = Ort auswählen
search-heading-words-place = „{ $words }“ in { $place }
search-heading-words = „{ $words }“ in ganz Deutschland
search-heading-topic-place = { $topic }: Beratung in { $place }
search-heading-topic = { $topic }: Beratung in ganz Deutschland
search-heading-place = Beratung in { $place }
search-nothing-entered = Schreiben Sie, wobei Sie Hilfe brauchen oder wo Sie sind.

## Wie viele Stellen: ehrlich nach nah und fern

search-count-near-far =
    { $near ->
        [one] Eine Stelle ist in Ihrer Nähe oder für Sie zuständig.
       *[other] { $near } Stellen sind in Ihrer Nähe oder für Sie zuständig.
    } { $far ->
        [one] Eine weitere ist weiter weg.
       *[other] { $far } weitere sind weiter weg.
    }
search-count-near =
    { $near ->
        [one] Eine Stelle ist in Ihrer Nähe oder für Sie zuständig.
       *[other] { $near } Stellen sind in Ihrer Nähe oder für Sie zuständig.
    }
search-count-far =
    { $far ->
        [one] Wir haben eine Stelle gefunden. Sie ist weiter weg.
       *[other] Wir haben { $far } Stellen gefunden. Sie sind weiter weg.
    }
search-count-all =
    { $total ->
        [one] Wir haben eine Stelle gefunden.
       *[other] Wir haben { $total } Stellen gefunden.
    }
search-page-of = Seite { $page } von { $pages }
search-order-note = Oben steht, was am besten zu Ihrer Suche passt.
search-results-heading = Stellen
search-german-entries = Die Stellen schreiben ihre Angaben selbst, meist auf Deutsch.

## Ohne Ort

search-guessed = Einen Ort „{ $typed }“ kennen wir nicht. Wir suchen in { $place }. Nicht gemeint? Schreiben Sie die Postleitzahl.
search-no-place-title = Wo sind Sie?
search-no-place = Schreiben Sie eine Postleitzahl oder einen Ort dazu. Dann zeigen wir Ihnen Stellen in Ihrer Nähe.

## Mehrere Orte, unbekannter Ort

search-choose-heading = Welchen Ort meinen Sie?
search-choose-lead = Es gibt mehrere Orte mit dem Namen „{ $place }“.
search-choose-all = Ihr Ort ist nicht dabei? Dann schreiben Sie die Postleitzahl.
search-also-heading = Meinten Sie einen anderen Ort?
search-unknown-heading = Den Ort „{ $place }“ kennen wir nicht
search-unknown-error = Diesen Ort kennen wir nicht. Prüfen Sie die Schreibweise oder schreiben Sie die Postleitzahl.
search-unknown-similar = Meinten Sie einen von diesen Orten?
search-unknown-next = Das können Sie tun:
search-unknown-check = Prüfen Sie, ob der Ort richtig geschrieben ist.
search-unknown-postcode = Schreiben Sie die Postleitzahl. Die ersten Ziffern reichen, zum Beispiel 791.
search-unknown-bigger = Schreiben Sie die nächste größere Stadt.
search-unknown-anywhere = In ganz Deutschland suchen

## Nichts in der Nähe, niemand zuständig, keine Treffer

search-far-title = In Ihrer Nähe haben wir nichts gefunden
search-far-text = Die Stellen hier unten sind weiter weg. Rufen Sie trotzdem an. Viele beraten auch am Telefon oder wissen, wer bei Ihnen hilft.
search-nobody-title = Für { $place } ist keine Stelle fest zuständig
search-nobody-text = Jedenfalls steht keine in unserem Verzeichnis. Die Stellen hier unten sind trotzdem einen Anruf wert: Fragen Sie, ob sie Ihnen helfen können.
search-remote =
    { $count ->
        [one] Eine Stelle zeigen, die am Telefon oder online berät
       *[other] { $count } Stellen zeigen, die am Telefon oder online beraten
    }
search-neighbours = Orte in der Umgebung:
search-none-heading = Wir haben nichts gefunden
search-none-next = Das können Sie tun:
search-none-fewer-words = Schreiben Sie weniger oder andere Wörter, zum Beispiel „Schulden“, „Alkohol“ oder „Wohnung“.
search-none-without-words = Alle Stellen in { $place } zeigen
search-none-without-filters = Ohne Filter suchen
search-none-wider = Im Umkreis von { $km } km suchen
search-none-topics = Wählen Sie ein Thema auf der Startseite
search-none-crisis = Krisentelefone: sofort mit jemandem reden

## Filter

filter-topic = Thema
filter-topic-any = Alle Themen
filter-mode = Wie möchten Sie beraten werden?
filter-language = Sprache der Beratung
filter-language-any = Alle Sprachen
filter-wheelchair = Nur mit Rollstuhl zugänglich
filter-wheelchair-hint = Ganz oder zum Teil
filter-radius = Entfernung
filter-radius-any = Egal
filter-radius-km = bis { $km } km
filter-active-heading = Das ist ausgewählt:
filter-active-topic = Thema: { $topic }
filter-active-language = Sprache: { $language }
filter-remove = „{ $filter }“ weglassen

## Karte

map-title = Karte: wo die Stellen sind
map-description = Die Nummern sind die gleichen wie in der Liste. Alles, was die Karte zeigt, steht auch in der Liste.
map-description-place = Das Kreuz zeigt { $place }. Die Nummern sind die gleichen wie in der Liste. Alles, was die Karte zeigt, steht auch in der Liste.
map-caption = Umriss: © GeoBasis-DE / BKG 2016, vereinfacht (GeoNutzV)
