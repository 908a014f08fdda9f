### Wörter und Sätze, die auf mehreren Seiten stehen.

site-description = Kostenlose Beratung in Ihrer Nähe finden: bei Schulden, bei Sucht, ohne Wohnung. Ohne Anmeldung.
demo-notice = Dies ist eine Vorführung. Alle Stellen sind erfunden. Die Krisentelefone sind echt.

## Tage und Zeiten

weekday =
    { $weekday ->
        [1] Montag
        [2] Dienstag
        [3] Mittwoch
        [4] Donnerstag
        [5] Freitag
        [6] Samstag
       *[7] Sonntag
    }
month =
    { $month ->
        [1] Januar
        [2] Februar
        [3] März
        [4] April
        [5] Mai
        [6] Juni
        [7] Juli
        [8] August
        [9] September
        [10] Oktober
        [11] November
       *[12] Dezember
    }
date-long = { $day }. { month } { $year }

## Öffnungszeiten. Sätze mit „next“ stehen hinter „geschlossen“.

opening-now = Jetzt geöffnet, bis { $until } Uhr
opening-later = Heute geöffnet von { $from } bis { $until } Uhr
opening-over = Für heute geschlossen
opening-closed-today = Heute geschlossen
opening-next-tomorrow = – wieder geöffnet morgen ab { $time } Uhr
opening-next-weekday = – wieder geöffnet am { weekday } ab { $time } Uhr
opening-next-date = – wieder geöffnet am { weekday }, { $day }. { month }, ab { $time } Uhr

## Termine

appointment-next = Nächster freier Termin: { weekday }, { $day }. { month }, { $time } Uhr
centre-talk = Jetzt chatten, ohne Termin
appointment-choose = Termin wählen

## Entfernung und Zuständigkeit

distance-near = weniger als 1 km entfernt
distance-km = etwa { $km } km entfernt
responsible-yes = zuständig für { $place }
responsible-no = nicht zuständig für { $place }
responsible-unknown = Zuständigkeit für { $place } nicht angegeben – fragen Sie nach

## Warum eine Stelle gefunden wurde; dahinter steht das Wort aus dem Eintrag

reason-offer = Passt zu „{ $unit }“. Im Namen des Angebots steht:
reason-centre-name = Passt zu „{ $unit }“. Im Namen der Stelle steht:
reason-keyword = Passt zu „{ $unit }“. Stichwort der Stelle:
reason-topic = Passt zu „{ $unit }“. Thema der Stelle:
reason-description = „{ $unit }“ steht in der Beschreibung:
reason-language = Passt zu „{ $unit }“. Die Stelle berät auf { $language }.
reason-area = Ihr Ort gehört zum Gebiet der Stelle:
reason-area-nationwide = Diese Stelle ist für ganz Deutschland da.

## Wege der Beratung

mode-in-person = vor Ort
mode-phone = am Telefon
mode-video = per Video
mode-chat = per Chat oder E-Mail

## Rollstuhl

wheelchair-full = mit Rollstuhl zugänglich
wheelchair-partial = mit Rollstuhl zum Teil zugänglich
wheelchair-no = mit Rollstuhl nicht zugänglich

## Krisentelefone

crisis-emergency-name = Feuerwehr und Rettungsdienst
crisis-emergency-note = bei Lebensgefahr. Kostenlos, rund um die Uhr.
crisis-police-name = Polizei
crisis-police-note = wenn Sie bedroht werden. Kostenlos, rund um die Uhr.
crisis-doctor-name = Ärztlicher Bereitschaftsdienst
crisis-doctor-note = wenn Sie nachts, am Wochenende oder an Feiertagen ärztliche Hilfe brauchen. Kostenlos.
crisis-talk-name = TelefonSeelsorge
crisis-talk-note = wenn Sie mit jemandem reden möchten. Kostenlos, anonym, rund um die Uhr.
crisis-talk-other-note = weitere Nummer der TelefonSeelsorge. Kostenlos, anonym, rund um die Uhr.
crisis-young-name = Nummer gegen Kummer
crisis-young-note = für Kinder und Jugendliche. Kostenlos, anonym. Montag bis Samstag von 14 bis 20 Uhr.
crisis-violence-name = Hilfetelefon Gewalt gegen Frauen
crisis-violence-note = Kostenlos, anonym, rund um die Uhr, in vielen Sprachen.
crisis-addiction-name = Sucht- und Drogen-Hotline
crisis-addiction-note = Rund um die Uhr. Ein Anruf kostet 20 Cent.
