## Kalender: eigene Termine abonnieren, belegte Zeiten lesen

desk-calendar-tab = Kalender
desk-calendar-not-entered = Hier können Sie Ihren eigenen Kalender verbinden, sobald Sie sich für Termine eingetragen haben. Das geht unter:

## Termine im eigenen Kalender

desk-calendar-feed-title = Termine in Ihrem eigenen Kalender zeigen
desk-calendar-feed-text = Ihr Kalenderprogramm kann Ihre Termine von allen Stellen, an denen Sie arbeiten, von hier lesen. Es zeigt nie, wer kommt. Vergangene und abgesagte Termine verschwinden von selbst.
desk-calendar-feed-since = Eingerichtet am { $day }, { $time }:
desk-calendar-kind = Was soll Ihr Kalender zeigen?
desk-calendar-kind-neutral = Nur „Belegt“, mit Passwort
desk-calendar-kind-neutral-hint = Für Thunderbird, Apple, Outlook auf dem Rechner, DAVx⁵, Nextcloud und andere.
desk-calendar-kind-detailed = Angebot, Art, Raum und Ort, mit Passwort
desk-calendar-kind-detailed-hint = Wer in Ihren Kalender sieht, sieht auch das.
desk-calendar-kind-address = Nur „Belegt“, für Programme, die nur eine Adresse kennen
desk-calendar-kind-address-hint = Für Google und Outlook im Web. Die Adresse ist zugleich das Passwort: Wer sie kennt, sieht, wann Sie belegt sind. Wählen Sie das nur, wenn Ihr Programm kein Passwort annimmt.
desk-calendar-feed-make = Adresse erzeugen
desk-calendar-feed-renew = Neue Adresse erzeugen
desk-calendar-feed-replaces = Die bisherige Adresse gilt dann nicht mehr.
desk-calendar-feed-end = Abonnement beenden
desk-calendar-told-title = Tragen Sie das in Ihr Kalenderprogramm ein
desk-calendar-told-text = Das steht nur jetzt hier. Danach können Sie nur eine neue Adresse erzeugen.
desk-calendar-told-address = Adresse
desk-calendar-told-user = Benutzername
desk-calendar-told-password = Passwort
desk-calendar-told-secret = Geben Sie diese Adresse niemandem weiter.
desk-calendar-feed-name = Termine
desk-calendar-feed-taken = Belegt

## Belegte Zeiten aus dem eigenen Kalender

desk-calendar-busy-title = Belegte Zeiten aus Ihrem eigenen Kalender
desk-calendar-busy-text = Wann Ihr eigener Kalender belegt ist, werden Sie hier nicht gebucht. Gelesen wird nur, von wann bis wann; kein Titel, kein Ort, keine Namen. Das gilt für diese Stelle.
desk-calendar-address = Adresse Ihres Kalenders
desk-calendar-other-address = Andere Adresse
desk-calendar-address-hint = Die geheime Adresse im iCal-Format aus den Einstellungen Ihres Kalenders. Sie beginnt mit https:// oder webcal://. Sie wird verschlüsselt gespeichert und niemandem gezeigt.
desk-calendar-connect = Kalender lesen und verbinden
desk-calendar-connected = Verbunden mit einem Kalender bei { $host }.
desk-calendar-read = Zuletzt gelesen: { $day }, { $time }.
desk-calendar-count =
    { $count ->
        [0] In den nächsten { $weeks } Wochen sind keine Zeiten belegt.
        [one] In den nächsten { $weeks } Wochen ist eine Zeit belegt.
       *[other] In den nächsten { $weeks } Wochen sind { $count } Zeiten belegt.
    }
desk-calendar-remove = Kalender trennen
desk-calendar-failing = Ihr Kalender kann seit { $day }, { $time } nicht gelesen werden
desk-calendar-failing-text = Was zuletzt gelesen wurde, gilt weiter. Wir versuchen es immer wieder.
desk-calendar-gaps =
    { $count ->
        [one] Ein gebuchter Termin liegt in einer belegten Zeit
       *[other] { $count } gebuchte Termine liegen in belegten Zeiten
    }
desk-calendar-gaps-text = Diese Termine bleiben bestehen. Entscheiden Sie selbst, was mit ihnen geschieht.
desk-calendar-gap-busy = Eigener Kalender belegt
desk-calendar-others = Verbundene Kalender im Team
desk-calendar-others-text = Sie sehen nur, dass ein Kalender verbunden ist, nicht welcher.
desk-calendar-readable = wird gelesen
desk-calendar-unreadable = nicht lesbar

## Warum ein Kalender nicht gelesen werden kann

desk-calendar-trouble-no-address = Das ist keine Adresse. Sie beginnt mit https:// oder webcal:// und hat keine Leerzeichen.
desk-calendar-trouble-scheme = Die Adresse muss mit https:// oder webcal:// beginnen.
desk-calendar-trouble-credentials = In der Adresse steht ein Name oder Passwort. Nehmen Sie eine geheime Adresse ohne Anmeldung.
desk-calendar-trouble-port = In der Adresse steht ein Doppelpunkt mit einer Zahl. Solche Adressen werden nicht gelesen.
desk-calendar-trouble-not-public = Die Adresse führt nicht ins öffentliche Internet. Kalender im Hausnetz können nicht gelesen werden.
desk-calendar-trouble-ours = Diese Adresse führt hierher zurück. Nehmen Sie die Adresse Ihres eigenen Kalenders.
desk-calendar-trouble-unknown-name = Diese Adresse gibt es nicht. Prüfen Sie, ob sie vollständig ist.
desk-calendar-trouble-unreachable = Es kommt keine sichere Verbindung zustande. Versuchen Sie es später noch einmal.
desk-calendar-trouble-redirected = Die Adresse leitet auf eine andere weiter. Öffnen Sie sie im Browser und nehmen Sie die Adresse, bei der Sie ankommen.
desk-calendar-trouble-sign-in = Der Kalender verlangt eine Anmeldung. Nehmen Sie eine geheime Adresse, die ohne Anmeldung geht.
desk-calendar-trouble-not-there = Unter dieser Adresse gibt es keinen Kalender. Vielleicht wurde sie zurückgezogen.
desk-calendar-trouble-refused = Der Server gibt den Kalender nicht heraus. Versuchen Sie es später noch einmal.
desk-calendar-trouble-too-slow = Der Kalender antwortet nicht rechtzeitig. Versuchen Sie es später noch einmal.
desk-calendar-trouble-too-much = Der Kalender hat zu viele Einträge.
desk-calendar-trouble-no-calendar = Unter dieser Adresse liegt kein Kalender im iCal-Format, vielleicht eine Seite zum Anmelden.
desk-calendar-trouble-cut-off = Der Kalender kam nicht vollständig an. Versuchen Sie es noch einmal.
desk-calendar-trouble-not-understood = Der Kalender enthält eine Wiederholung oder Zeitangabe, die wir nicht verstehen.
desk-calendar-trouble-unknown-zone = Der Kalender nutzt eine Zeitzone, die wir nicht kennen.
desk-calendar-trouble-left = Die Person arbeitet nicht mehr an dieser Stelle. Ihr Kalender wird nicht mehr gelesen.
desk-calendar-trouble-sealed = Die gespeicherte Adresse lässt sich nicht mehr öffnen. Geben Sie sie bitte neu ein.
desk-calendar-trouble-forbidden = Dieses System liest keine fremden Kalender. Die Verwaltung hat das abgeschaltet.

## Was getan wurde

desk-calendar-done-ended = Das Abonnement ist beendet. Die Adresse gilt nicht mehr.
desk-calendar-done-connected = Ihr Kalender ist verbunden.
desk-calendar-done-removed = Der Kalender ist getrennt. Was von ihm gelesen wurde, ist gelöscht.

## Im Protokoll

audit-booking-feed-made = Kalenderabonnement eingerichtet
audit-booking-feed-ended = Kalenderabonnement beendet
audit-booking-calendar-connected = Eigener Kalender verbunden
audit-booking-calendar-removed = Eigener Kalender getrennt
