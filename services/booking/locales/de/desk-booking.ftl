## Termine am Arbeitsplatz: Listen, einzelne Termine, Zeiten, Einstellungen

desk-booking-nav = Termine
desk-booking-tabs = Termine der Stelle
desk-booking-phone-tab = Neuer Termin
desk-booking-hours-tab = Sprechzeiten
desk-booking-numbers-tab = Zahlen
desk-booking-settings-tab = Einstellungen

## Tage und Zeiten

desk-booking-weekday =
    { $weekday ->
        [1] Montag
        [2] Dienstag
        [3] Mittwoch
        [4] Donnerstag
        [5] Freitag
        [6] Samstag
       *[7] Sonntag
    }
desk-booking-month =
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
desk-booking-day = { desk-booking-weekday }, { $day }. { desk-booking-month } { $year }
desk-booking-day-short =
    { $weekday ->
        [1] Mo
        [2] Di
        [3] Mi
        [4] Do
        [5] Fr
        [6] Sa
       *[7] So
    } { $two }.{ $number }.{ $year }
desk-booking-month-year = { desk-booking-month } { $year }
desk-booking-week-title = Woche { $week }, { $year }
desk-booking-time = { $time }
desk-booking-time-first = { $time } (Sommerzeit)
desk-booking-time-second = { $time } (Winterzeit)
desk-booking-span = { $from } – { $to }
desk-booking-o-clock = { $time } Uhr

## Wörter für einen Termin

desk-booking-when = Wann
desk-booking-offer = Angebot
desk-booking-offer-gone = Angebot nicht mehr im Verzeichnis
desk-booking-mode = Art
desk-booking-mode-in-person = vor Ort
desk-booking-mode-phone = am Telefon
desk-booking-mode-video = per Video
desk-booking-mode-chat = per Chat
desk-booking-counsellor = Beratung
desk-booking-room = Raum
desk-booking-state = Stand
desk-booking-state-requested = wartet auf Bestätigung
desk-booking-state-unanswered = nicht bestätigt
desk-booking-state-confirmed = bestätigt
desk-booking-state-over = vorbei
desk-booking-state-cancelled = abgesagt
desk-booking-state-kept = gekommen
desk-booking-state-missed = nicht gekommen
desk-booking-contact = Angaben
desk-booking-contact-there = ja

## Auswahl der Stelle

desk-booking-centres-choose = Für welche Stelle möchten Sie die Termine sehen?
desk-booking-centres-none = Sie sind bei keiner Beratungsstelle eingetragen
desk-booking-centres-none-text = Termine sehen die Beraterinnen, Berater und Leitungen einer Stelle. Ihre Leitung kann Sie einladen.

## Liste, Tag, Woche, Monat

desk-booking-list-title = Termine: { $what }
desk-booking-views = Ansicht
desk-booking-view-list = Liste
desk-booking-view-day = Tag
desk-booking-view-team = Team
desk-booking-view-week = Woche
desk-booking-view-month = Monat
desk-booking-previous = Zurück
desk-booking-today = Heute
desk-booking-next = Weiter
desk-booking-from-day = Ab Tag
desk-booking-who = Wer
desk-booking-everybody = Alle
desk-booking-show = Zeigen
desk-booking-hour = Uhrzeit
desk-booking-closed = geschlossen
desk-booking-month-count =
    { $count ->
        [one] { $count } Termin
       *[other] { $count } Termine
    }
desk-booking-month-requests =
    { $count ->
        [one] { $count } Anfrage
       *[other] { $count } Anfragen
    }
desk-booking-list-empty = In dieser Zeit gibt es keine Termine.
desk-booking-waiting =
    { $count ->
        [one] Eine Anfrage wartet
       *[other] { $count } Anfragen warten
    }
desk-booking-waiting-text = Eine Anfrage ohne Antwort wird kein Termin. Antworten Sie auf dringende zuerst.
desk-booking-waiting-urgent = dringend
desk-booking-waited-hours =
    { $hours ->
        [0] seit weniger als einer Stunde
        [one] seit einer Stunde
       *[other] seit { $hours } Stunden
    }
desk-booking-waited-days = seit { $days } Tagen
desk-booking-gaps =
    { $count ->
        [one] Ein Termin liegt außerhalb der Sprechzeiten
       *[other] { $count } Termine liegen außerhalb der Sprechzeiten
    }
desk-booking-gaps-text = Diese Termine gelten weiter. Verschieben Sie sie, übergeben Sie sie oder sagen Sie sie ab, wenn sie nicht stattfinden können.
desk-booking-gap-no-counsellor = Die Person ist für Termine abgeschaltet
desk-booking-gap-no-rule = Keine Sprechzeit zu dieser Zeit
desk-booking-gap-absence = Abwesenheit
desk-booking-gap-room = Der Raum ist gesperrt
desk-booking-gap-closure = Die Stelle ist geschlossen
desk-booking-gap-holiday = Feiertag
desk-booking-gap-mode = Diese Art gäbe es bei dem Angebot nicht mehr
desk-booking-gap-length = Das Angebot würde länger oder kürzer dauern
desk-booking-gap-other-room = Der Raum gehörte nicht mehr zum Angebot
desk-booking-gap-seat = Die Gruppe hätte weniger Plätze
desk-booking-setup-title = Noch kann niemand bei Ihnen einen Termin buchen
desk-booking-setup-text = Dafür brauchen Sie zwei Dinge: ein Angebot, das buchbar ist, und Sprechzeiten.
desk-booking-setup-link = Termine einrichten
desk-booking-enter-hours = Eigene Sprechzeiten eintragen

## Ein Termin

desk-booking-one-title = { $day }, { $time } Uhr
desk-booking-confirm = Bestätigen
desk-booking-decline = Ablehnen
desk-booking-cancel = Absagen
desk-booking-move = Verschieben
desk-booking-said = Angaben der ratsuchenden Person
desk-booking-said-hidden = Die Person hat etwas angegeben. Wenn Sie es öffnen, wird das vermerkt: wer, wann, bei welchem Angebot und für welchen Tag. Der Inhalt wird nicht vermerkt.
desk-booking-said-show = Angaben öffnen
desk-booking-said-none = Die Person hat nichts angegeben, oder die Angaben sind schon gelöscht.
desk-booking-said-name = Name
desk-booking-said-phone = Telefon
desk-booking-said-mail = E-Mail
desk-booking-said-note = Anliegen
desk-booking-said-rule = Die Angaben werden nach dem Termin gelöscht und bei einer Absage sofort.
desk-booking-hand-over = Übergeben
desk-booking-colleague = An wen
desk-booking-attendance = Ist die Person gekommen?
desk-booking-attendance-text = Das zählt nur für die Statistik. Bei der Person bleibt nichts gespeichert.
desk-booking-kept = Gekommen
desk-booking-missed = Nicht gekommen
desk-booking-cancel-title = Termin absagen?
desk-booking-decline-title = Anfrage ablehnen?
desk-booking-cancel-told = Die Person bekommt eine E-Mail, dass der Termin nicht stattfindet.
desk-booking-cancel-untold = Die Person bekommt keine E-Mail von uns. Sie sieht die Absage erst, wenn sie mit Code und PIN nachsieht. Hat sie eine Telefonnummer angegeben, rufen Sie vorher an.
desk-booking-cancel-note = Nachricht an die Person
desk-booking-cancel-note-told = Steht in der E-Mail und auf der Seite „Mein Termin“. E-Mails können andere mitlesen: Schreiben Sie nichts zum Anliegen. Höchstens { $most } Zeichen. Wird gelöscht, wenn der Termin vorbei wäre.
desk-booking-cancel-note-untold = Die Nachricht steht auf der Seite „Mein Termin“, bis der Termin vorbei wäre. Dann wird sie gelöscht. Höchstens { $most } Zeichen.
desk-booking-cancel-forgets = Die Angaben der Person werden sofort gelöscht. Das lässt sich nicht zurücknehmen.
desk-booking-cancel-changed = Jemand hat diesen Termin inzwischen geändert. Er ist noch nicht abgesagt. Ihre Nachricht ist noch da. Prüfen Sie, ob sie noch stimmt.
desk-booking-move-title = Termin verschieben
desk-booking-move-from = Bisher:
desk-booking-later-days = Spätere Tage
desk-booking-no-times = Für diese Art gibt es keine freien Zeiten.

## Warum nichts getan wurde

desk-booking-stop-saved = Nicht gespeichert
desk-booking-stop-saved-text = Jemand anderes hat inzwischen gespeichert. Ihre Änderung wurde nicht übernommen. Sehen Sie sich den neuen Stand an und ändern Sie dann noch einmal.
desk-booking-stop-saved-next = Neuen Stand ansehen
desk-booking-stop-changed = Der Termin hat sich geändert
desk-booking-stop-changed-text = Jemand hat diesen Termin inzwischen geändert. Ihre Änderung wurde nicht ausgeführt. Sehen Sie sich den neuen Stand an.
desk-booking-stop-closed = Das geht nicht mehr
desk-booking-stop-closed-text = Der Termin hat schon begonnen, ist vorbei oder abgesagt. Es wurde nichts geändert.
desk-booking-stop-appointment-next = Termin ansehen
desk-booking-stop-taken = Diese Zeit ist vergeben
desk-booking-stop-taken-text = Die Zeit ist nicht mehr frei. Es wurde nichts geändert.
desk-booking-stop-taken-next = Zurück
desk-booking-stop-switched-off = Diese Person nimmt zurzeit keine Termine an
desk-booking-stop-switched-off-text = Sie ist für Termine abgeschaltet. Der Termin wurde nicht übergeben. Wählen Sie jemand anderen.
desk-booking-stop-gone = Diesen Termin gibt es nicht
desk-booking-stop-gone-text = Vergangene Termine werden gelöscht. Dann bleibt nichts von ihnen übrig.
desk-booking-stop-gone-next = Zu den Terminen

## Termin am Telefon

desk-booking-phone-title = Termin für jemanden buchen
desk-booking-phone-lead = Für Menschen, die anrufen oder vorbeikommen. Hier gilt kein Vorlauf, und Sie können weiter im Voraus buchen. Was Sie hier buchen, ist sofort bestätigt.
desk-booking-phone-times = Freie Zeiten zeigen
desk-booking-phone-none = Noch ist kein Angebot buchbar. Die Leitung kann das unter „Einstellungen“ ändern.
desk-booking-phone-anybody = Wer frei ist
desk-booking-phone-mail = E-Mail für Bestätigung und Erinnerungen
desk-booking-phone-mail-hint = Nur wenn die Person das möchte. Fragen Sie, ob jemand ihre E-Mails mitliest. Die Adresse wird nach der letzten Nachricht gelöscht.
desk-booking-phone-language = Sprache der Nachrichten
desk-booking-phone-language-hint = In ihr schreiben wir der Person, und in ihr öffnet sich der Link.
desk-booking-phone-taken = Jemand anderes hat die Zeit eben gebucht. Was Sie geschrieben haben, ist noch da. Wählen Sie eine andere Zeit.
desk-booking-phone-who = Für wen ist der Termin?
desk-booking-phone-name-hint = Ein Vorname oder ein erfundener Name genügt.
desk-booking-phone-book = Termin buchen
desk-booking-phone-other-time = Andere Zeit
desk-booking-receipt-title = Termin gebucht
desk-booking-receipt-text = Lesen Sie Code und PIN vor. Danach können wir sie nicht noch einmal zeigen.
desk-booking-receipt-code = Code
desk-booking-receipt-pin = PIN
desk-booking-receipt-how = Mit Code und PIN kann die Person ihren Termin auf der Seite „Mein Termin“ sehen, verschieben und absagen.
desk-booking-receipt-link = Oder mit diesem Link. Er öffnet den Termin ohne Code und PIN:
desk-booking-receipt-mails = Eine Bestätigung mit diesem Link geht an die E-Mail-Adresse der Person.
desk-booking-receipt-open = Termin öffnen
desk-booking-texts = Texte für Ratsuchende
desk-booking-texts-hint = Sie stehen auf der Bestätigung, auf dem Ausdruck und unter „Mein Termin“. Jeder höchstens { $most } Zeichen.
desk-booking-bring = Mitbringen
desk-booking-bring-hint = Zum Beispiel Briefe, Bescheide, Ausweis.
desk-booking-arrival = So kommt man hin
desk-booking-arrival-hint = Eingang, Stockwerk, Klingel. Steht nur bei Terminen vor Ort.
desk-booking-data = Was mit den Angaben geschieht
desk-booking-data-hint = Was Sie selbst notieren und wie lange. Was dieses Programm löscht, steht schon da.

## Einstellungen eines Angebots

desk-booking-offer-title = Buchung: { $offer }
desk-booking-offer-link = Im Verzeichnis steht ein Link zu diesem Angebot
desk-booking-offer-link-text = Buchen Menschen dort schon Termine? Dann lassen Sie die Buchung hier abgeschaltet: Wir führen sie über den Link dorthin. Sonst wird dieselbe Zeit an zwei Stellen vergeben.
desk-booking-offer-nobody = Noch hat niemand Sprechzeiten eingetragen. Ohne Sprechzeiten gibt es keine freien Zeiten.
desk-booking-offer-bookable = Dieses Angebot kann online gebucht werden
desk-booking-offer-bookable-hint = Schalten Sie es ab, bleiben gebuchte Termine bestehen.
desk-booking-offer-agreement = Wie wird aus einer Buchung ein Termin?
desk-booking-offer-instant = Sofort
desk-booking-offer-instant-hint = Der Termin gilt, sobald jemand ihn bucht.
desk-booking-offer-centre = Nach Bestätigung
desk-booking-offer-centre-hint = Die Zeit bleibt frei gehalten, bis Sie bestätigen oder ablehnen.
desk-booking-offer-modes = Wie kann der Termin stattfinden?
desk-booking-offer-times = Dauer und Abstand
desk-booking-minutes-hint = Minuten, in Schritten von 5
desk-booking-offer-length = Dauer
desk-booking-offer-step = Beginn alle
desk-booking-offer-step-hint = Minuten: 30 heißt 9:00, 9:30, 10:00
desk-booking-offer-before = Puffer davor
desk-booking-offer-after = Puffer danach
desk-booking-offer-notice = Vorlauf
desk-booking-offer-notice-hint = Stunden, die zwischen Buchung und Termin liegen müssen
desk-booking-offer-horizon = Buchbar im Voraus
desk-booking-offer-horizon-hint = Tage, höchstens 366
desk-booking-offer-limits = Plätze, Grenzen, Räume
desk-booking-offer-capacity = Plätze
desk-booking-offer-capacity-hint = 1 für ein Einzelgespräch, mehr für eine Gruppe
desk-booking-offer-limit-person = Höchstens je Beraterin und Tag
desk-booking-offer-limit-day = Höchstens je Tag
desk-booking-offer-limit-hint = Leer heißt: ohne Grenze
desk-booking-offer-rooms = Räume
desk-booking-offer-rooms-hint = Ein Termin vor Ort belegt einen davon. Ohne Auswahl wird kein Raum belegt.
desk-booking-offer-asks = Was fragen Sie?
desk-booking-offer-asks-hint = Je weniger Sie fragen, desto mehr Menschen trauen sich.
desk-booking-ask-name = Name
desk-booking-ask-name-nothing = Nicht fragen
desk-booking-ask-name-pseudonym = Freiwillig, auch ein erfundener Name
desk-booking-ask-name-full = Vor- und Nachname nötig
desk-booking-ask-mail = E-Mail für die Beratung
desk-booking-ask-phone = Telefon
desk-booking-ask-no = Nicht fragen
desk-booking-ask-if-wanted = Freiwillig
desk-booking-ask-needed = Nötig
desk-booking-ask-note = Nach dem Anliegen fragen (freiwillig)
desk-booking-offer-waiting = Warteliste: Ratsuchende können sich benachrichtigen lassen, wenn ein früherer Termin frei wird
desk-booking-offer-waiting-hint = Alle auf der Liste bekommen dieselbe Mail, höchstens drei. Wer zuerst bucht, bekommt den Termin.
desk-booking-offer-reminders = Erinnerungen
desk-booking-offer-reminders-hint = Stunden vor dem Termin, mit Komma getrennt, höchstens drei: 48, 2. Nur für Menschen, die das möchten.
desk-booking-offer-forget = Löschen und freigeben
desk-booking-offer-grace = Angaben löschen nach
desk-booking-offer-grace-hint = Stunden nach dem Ende des Termins, 0 bis 24
desk-booking-offer-release = Abgesagte Zeit wieder frei nach
desk-booking-offer-release-hint = Minuten, 0 heißt sofort
desk-booking-save = Speichern
desk-booking-look-save = So speichern
desk-booking-look-again = Vorschau erneuern
desk-booking-differs = Hier steht etwas anderes als gespeichert
desk-booking-differs-text = Wenn Sie speichern, gilt, was Sie geschrieben haben. Gespeichert ist jetzt:
desk-booking-differs-empty = leer
desk-booking-differs-saved = Gespeicherten Stand ansehen, ohne Ihre Eingaben

## Was an einem Feld falsch ist

desk-booking-wrong-number = Schreiben Sie eine Zahl von 0 bis { $most }.
desk-booking-wrong-minutes = Schreiben Sie Minuten in Schritten von 5, höchstens 1440.
desk-booking-wrong-length = Der Termin braucht eine Dauer.
desk-booking-wrong-step = Der Abstand muss größer als 0 sein.
desk-booking-wrong-mode = Wählen Sie mindestens eine Art.
desk-booking-wrong-place = Es muss mindestens einen Platz geben.
desk-booking-wrong-horizon = Höchstens 366 Tage.
desk-booking-wrong-notice = Der Vorlauf ist länger als die Zeit, in der man buchen kann.
desk-booking-wrong-limit = Eine Grenze muss mindestens 1 sein. Lassen Sie das Feld leer, wenn es keine gibt.
desk-booking-wrong-grace = Höchstens 24 Stunden.
desk-booking-wrong-text = Höchstens { $most } Zeichen.
desk-booking-wrong-reminders = Schreiben Sie bis zu drei Zahlen von 1 bis 336, mit Komma getrennt.
desk-booking-wrong-land = Wählen Sie das Bundesland, dessen Feiertage gelten.
desk-booking-wrong-holiday = In diesem Bundesland gilt dieser Feiertag in keiner einzelnen Gemeinde. Entfernen Sie den Haken oder wählen Sie ein anderes Bundesland.
desk-booking-wrong-mail = Das ist keine E-Mail-Adresse. Beispiel: termine@stelle.example
desk-booking-wrong-person-mail = Das ist keine E-Mail-Adresse. Beispiel: name@beispiel.de
desk-booking-wrong-date = Wählen Sie einen Tag.
desk-booking-wrong-dates = Schreiben Sie Tage wie 24.12.2026, mit Komma getrennt.
desk-booking-wrong-time = Schreiben Sie eine Uhrzeit wie 09:30, in Schritten von 5 Minuten.
desk-booking-wrong-range = Das Ende muss nach dem Anfang liegen.
desk-booking-wrong-every = Wählen Sie 1 bis 8 Wochen.
desk-booking-wrong-name = Schreiben Sie einen Namen mit höchstens 100 Zeichen.
desk-booking-wrong-person = Höchstens 80 Zeichen.
desk-booking-wrong-phone = Das ist keine Telefonnummer. Beispiel: 0761 123456

## Einstellungen der Stelle

desk-booking-settings-title = Termine einrichten
desk-booking-switch = Online-Buchung der Stelle
desk-booking-switch-is-on = eingeschaltet
desk-booking-switch-is-off = ausgeschaltet
desk-booking-switch-on-text = Ratsuchende können die Angebote buchen, die unten buchbar sind.
desk-booking-switch-off-text = Ratsuchende können nichts neu buchen und sehen stattdessen die Telefonnummer Ihrer Stelle. Gebuchte Termine gelten weiter und können verschoben und abgesagt werden. Am Telefon können Sie weiter Termine eintragen.
desk-booking-switch-on = Online-Buchung einschalten
desk-booking-switch-off = Online-Buchung ausschalten
desk-booking-settings-offers = Angebote
desk-booking-bookable = buchbar
desk-booking-not-bookable = nicht buchbar
desk-booking-switched-off = abgeschaltet
desk-booking-settings-people = Beraterinnen und Berater
desk-booking-settings-people-text = Wer Termine annimmt, trägt sich unter „Sprechzeiten“ selbst ein.
desk-booking-enter-myself = Mich eintragen
desk-booking-settings-rooms = Räume
desk-booking-settings-rooms-text = Nur nötig, wenn sich mehrere einen Raum teilen.
desk-booking-room-name = Name des Raums
desk-booking-room-add = Raum hinzufügen
desk-booking-name = Name
desk-booking-change = Ändern
desk-booking-hours = Sprechzeiten
desk-booking-resource-room = Raum ändern
desk-booking-resource-person = Beraterin oder Berater ändern
desk-booking-resource-active = Kann gebucht werden
desk-booking-resource-active-hint = Schalten Sie das ab, bleiben gebuchte Termine bestehen.
desk-booking-settings-closures = Schließzeiten
desk-booking-settings-closures-none = Keine Schließzeiten eingetragen.
desk-booking-closure-add = Neue Schließzeit
desk-booking-closure-hint = Ohne Uhrzeit gelten ganze Tage. Ohne letzten Tag gilt ein Tag.
desk-booking-closure-save = Schließzeit eintragen
desk-booking-closure-remove = Diese Schließzeit entfernen?
desk-booking-first-day = Erster Tag
desk-booking-last-day = Letzter Tag
desk-booking-from-time = Von
desk-booking-to-time = Bis
desk-booking-remove = Entfernen
desk-booking-settings-general = Feiertage und Kalenderdateien
desk-booking-holidays-closed = An gesetzlichen Feiertagen geschlossen
desk-booking-land = Bundesland
desk-booking-land-none = Nicht gewählt
desk-booking-land-01 = Schleswig-Holstein
desk-booking-land-02 = Hamburg
desk-booking-land-03 = Niedersachsen
desk-booking-land-04 = Bremen
desk-booking-land-05 = Nordrhein-Westfalen
desk-booking-land-06 = Hessen
desk-booking-land-07 = Rheinland-Pfalz
desk-booking-land-08 = Baden-Württemberg
desk-booking-land-09 = Bayern
desk-booking-land-10 = Saarland
desk-booking-land-11 = Berlin
desk-booking-land-12 = Brandenburg
desk-booking-land-13 = Mecklenburg-Vorpommern
desk-booking-land-14 = Sachsen
desk-booking-land-15 = Sachsen-Anhalt
desk-booking-land-16 = Thüringen
desk-booking-holidays-municipal = Feiertage, die nur in manchen Gemeinden gelten
desk-booking-holidays-municipal-hint = Wählen Sie, was in Ihrer Gemeinde gilt.
desk-booking-holiday-peace-of-augsburg = Augsburger Friedensfest
desk-booking-holiday-assumption = Mariä Himmelfahrt
desk-booking-holiday-corpus-christi = Fronleichnam
desk-booking-centre-mail = E-Mail für Kalenderdateien
desk-booking-centre-mail-hint = Zu jeder Buchung, Änderung und Absage geht eine Kalenderdatei dorthin. Sie nennt keine Person.

## Sprechzeiten

desk-booking-own-text = Wenn Sie sich eintragen, können Sie Sprechzeiten anlegen. Erst dann können Menschen Termine bei Ihnen buchen.
desk-booking-hours-title = Sprechzeiten: { $name }
desk-booking-hours-off = Für Termine abgeschaltet. Die Leitung kann das unter „Einstellungen“ ändern.
desk-booking-hours-nothing-bookable = Noch ist kein Angebot der Stelle buchbar. Sprechzeiten wirken, sobald die Leitung eines freigibt.
desk-booking-rules = Regelmäßige und einzelne Zeiten
desk-booking-rule = Zeit
desk-booking-rules-none = Noch keine Sprechzeiten eingetragen.
desk-booking-rule-add = Sprechzeit hinzufügen
desk-booking-rule-weekly = Jede Woche { desk-booking-weekday }
desk-booking-rule-every = Alle { $every } Wochen { desk-booking-weekday }
desk-booking-rule-monthly =
    { $nth ->
        [first] Jeden ersten
        [second] Jeden zweiten
        [third] Jeden dritten
        [fourth] Jeden vierten
        [fifth] Jeden fünften
       *[last] Jeden letzten
    } { desk-booking-weekday } im Monat
desk-booking-rule-only-for = Nur für
desk-booking-rule-valid-from = ab { $from }
desk-booking-rule-valid-both = { $from } bis { $to }
desk-booking-rule-except = nicht am
desk-booking-absences = Abwesenheiten
desk-booking-absences-none = Keine Abwesenheiten eingetragen.
desk-booking-absence-add = Abwesenheit hinzufügen
desk-booking-absence-title = Abwesenheit: { $name }
desk-booking-absence-save = Abwesenheit speichern
desk-booking-blocks = Sperrzeiten
desk-booking-blocks-title = Sperrzeiten: { $name }
desk-booking-blocks-off = Dieser Raum ist abgeschaltet und wird nicht belegt.
desk-booking-blocks-none = Keine Sperrzeiten eingetragen.
desk-booking-block-add = Sperrzeit hinzufügen
desk-booking-block-title = Sperrzeit: { $name }
desk-booking-block-save = Sperrzeit speichern
desk-booking-rule-title = Sprechzeit hinzufügen: { $name }
desk-booking-rule-change-title = Sprechzeit ändern: { $name }
desk-booking-rule-saved = Gespeichert ist:
desk-booking-rule-pattern = Wie oft?
desk-booking-pattern-weekly = An einem Wochentag, jede Woche oder alle paar Wochen
desk-booking-pattern-monthly = An einem bestimmten Wochentag im Monat
desk-booking-pattern-once = Einmal
desk-booking-rule-days = An welchen Tagen?
desk-booking-rule-days-hint = Füllen Sie nur aus, was zu Ihrer Wahl gehört.
desk-booking-rule-weekday = Wochentag
desk-booking-rule-weeks = Alle … Wochen
desk-booking-rule-nth = Welcher im Monat
desk-booking-nth-first = der erste
desk-booking-nth-second = der zweite
desk-booking-nth-third = der dritte
desk-booking-nth-fourth = der vierte
desk-booking-nth-fifth = der fünfte
desk-booking-nth-last = der letzte
desk-booking-rule-date = Tag, wenn einmal
desk-booking-rule-modes = Wie sind Sie dann zu sprechen?
desk-booking-rule-offers = Für welche Angebote?
desk-booking-rule-offers-hint = Ohne Auswahl für alle.
desk-booking-rule-validity = Von wann bis wann gilt die Regel?
desk-booking-rule-from = Gilt ab
desk-booking-rule-until = Gilt bis
desk-booking-rule-not-on = Nicht an diesen Tagen
desk-booking-rule-not-on-hint = Tage wie 24.12.2026, mit Komma getrennt
desk-booking-look = Vorschau zeigen
desk-booking-rule-save = Sprechzeit speichern
desk-booking-look-title = Vorschau
desk-booking-look-below = Noch ist nichts gespeichert. Weiter unten sehen Sie, was sich ändern würde.
desk-booking-look-go = Zur Vorschau
desk-booking-look-text = Noch ist nichts gespeichert. Das würde sich in den nächsten { $weeks } Wochen ändern:
desk-booking-look-stale = Jemand anderes hat inzwischen gespeichert. Ihre Eingaben sind noch da, aber nicht gespeichert. Hier sehen Sie, was sie am neuen Stand ändern würden.
desk-booking-look-typed = Seit der Vorschau hat sich etwas geändert. Hier ist die neue. Speichern Sie, wenn sie stimmt.
desk-booking-look-conflicts =
    { $count ->
        [one] Ein Termin läge außerhalb der Sprechzeiten
       *[other] { $count } Termine lägen außerhalb der Sprechzeiten
    }
desk-booking-look-conflicts-text = Diese Termine bleiben bestehen. Entscheiden Sie danach selbst, was mit ihnen geschieht.
desk-booking-look-added =
    { $count ->
        [0] Keine neuen freien Zeiten
        [one] Eine neue freie Zeit
       *[other] { $count } neue freie Zeiten
    }
desk-booking-look-removed =
    { $count ->
        [0] Keine freie Zeit fällt weg
        [one] Eine freie Zeit fällt weg
       *[other] { $count } freie Zeiten fallen weg
    }
desk-booking-look-more =
    { $days ->
        [one] und an einem weiteren Tag
       *[other] und an { $days } weiteren Tagen
    }
desk-booking-remove-title = Entfernen: { $name }
desk-booking-remove-rule = Diese Sprechzeit entfernen?
desk-booking-remove-absence = Diese Abwesenheit entfernen?
desk-booking-remove-block = Diese Sperrzeit entfernen?
desk-booking-remove-keeps = Gebuchte Termine bleiben bestehen.

## Zahlen

desk-booking-numbers-title = Zahlen { $year }
desk-booking-numbers-text = Anzahl je Monat und Angebot, nach dem Tag des Termins. Zu Personen ist nichts gespeichert. Nach 400 Tagen werden die Zahlen gelöscht.
desk-booking-numbers-none = In diesem Jahr ist noch nichts gezählt.
desk-booking-numbers-days = Nach Tagen
desk-booking-numbers-file = Als Tabelle herunterladen
desk-booking-numbers-year = Ganzes Jahr
desk-booking-numbers-month-title = Zahlen { $month }
desk-booking-numbers-month-text = Anzahl je Tag und Angebot, nach dem Tag des Termins. Zu Personen ist nichts gespeichert.
desk-booking-numbers-month-none = In diesem Monat ist noch nichts gezählt.
desk-booking-count-day = Tag
desk-booking-count-sum = Zusammen
desk-booking-count-booked = Gebucht
desk-booking-count-moved = Verschoben
desk-booking-count-cancelled = Abgesagt
desk-booking-count-declined = Abgelehnt
desk-booking-count-kept = Gekommen
desk-booking-count-missed = Nicht gekommen

## Was getan wurde

desk-booking-done-saved = Gespeichert.
desk-booking-done-on = Die Online-Buchung ist eingeschaltet.
desk-booking-done-off = Die Online-Buchung ist ausgeschaltet.
desk-booking-done-confirmed = Der Termin ist bestätigt.
desk-booking-done-cancelled = Der Termin ist abgesagt. Die Angaben der Person sind gelöscht.
desk-booking-done-moved = Der Termin ist verschoben.
desk-booking-done-handed-over = Der Termin ist übergeben.
desk-booking-done-noted = Notiert.
desk-booking-done-closure = Die Schließzeit ist eingetragen.
desk-booking-done-closure-removed = Die Schließzeit ist entfernt.
desk-booking-done-room = Der Raum ist hinzugefügt.
desk-booking-done-resource = Gespeichert.
desk-booking-done-entered = Sie sind eingetragen. Legen Sie jetzt Ihre Sprechzeiten an.
desk-booking-done-rule = Die Sprechzeit ist gespeichert.
desk-booking-done-rule-removed = Die Sprechzeit ist entfernt.
desk-booking-done-absence = Die Abwesenheit ist gespeichert.
desk-booking-done-absence-removed = Die Abwesenheit ist entfernt.
desk-booking-done-block = Die Sperrzeit ist gespeichert.
desk-booking-done-block-removed = Die Sperrzeit ist entfernt.

## Im Protokoll

audit-appointment-contact-read = Angaben zu einem Termin geöffnet
audit-appointment-booked = Termin für jemanden gebucht
audit-appointment-confirmed = Termin bestätigt
audit-appointment-declined = Anfrage abgelehnt
audit-appointment-cancelled = Termin abgesagt
audit-appointment-moved = Termin verschoben
audit-appointment-handed-over = Termin übergeben
audit-appointment-attendance-noted = Zu einem Termin notiert, ob jemand kam
audit-booking-offer-set = Buchung eines Angebots eingestellt
audit-booking-offer-closed = Angebot nicht mehr buchbar
audit-booking-centre-set = Einstellungen für Termine geändert
audit-booking-switched-on = Online-Buchung eingeschaltet
audit-booking-switched-off = Online-Buchung ausgeschaltet
audit-booking-closure-added = Schließzeit eingetragen
audit-booking-closure-removed = Schließzeit entfernt
audit-booking-room-added = Raum hinzugefügt
audit-booking-resource-set = Person oder Raum für Termine geändert
audit-booking-resource-switched-off = Person oder Raum für Termine abgeschaltet
audit-booking-counsellor-added = Für Termine eingetragen
audit-booking-rule-added = Sprechzeit hinzugefügt
audit-booking-rule-changed = Sprechzeit geändert
audit-booking-rule-removed = Sprechzeit entfernt
audit-booking-hours-set = Sprechzeiten oder Sperrzeiten geändert
audit-booking-absence-added = Abwesenheit oder Sperrzeit eingetragen
audit-booking-absence-removed = Abwesenheit oder Sperrzeit entfernt
