### Termine für Ratsuchende: aussuchen, buchen, ansehen, verschieben, absagen.

seek-demo = Dies ist eine Vorführung. Alle Stellen sind erfunden. Ein Termin hier wird nicht stattfinden.

## Tage und Zeiten

seek-weekday =
    { $weekday ->
        [1] Montag
        [2] Dienstag
        [3] Mittwoch
        [4] Donnerstag
        [5] Freitag
        [6] Samstag
       *[7] Sonntag
    }
seek-month =
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
seek-date = { seek-weekday }, { $day }. { seek-month } { $year }
seek-moment = { seek-weekday }, { $day }. { seek-month } { $year }, { $time } Uhr
seek-time = { $time } Uhr
seek-time-summer = { $time } Uhr (Sommerzeit)
seek-time-winter = { $time } Uhr (Winterzeit)
seek-span = { $from } bis { $to } Uhr
seek-span-long = { $from } Uhr, { $minutes } Minuten lang
seek-span-summer = { $from } Uhr (Sommerzeit), { $minutes } Minuten lang
seek-span-winter = { $from } Uhr (Winterzeit), { $minutes } Minuten lang

## Wege der Beratung

seek-mode-in-person = vor Ort
seek-mode-phone = am Telefon
seek-mode-video = per Video
seek-mode-chat = per Chat
seek-how-phone-either = Haben Sie eine Telefonnummer angegeben, ruft die Stelle Sie an. Sonst rufen Sie dort an.
seek-how-phone-call = Rufen Sie zu dieser Zeit bei der Stelle an.
seek-how-video = Das Video ist hier im Browser, Sie brauchen kein Programm. 15 Minuten vor Beginn finden Sie bei „Mein Termin“ den Knopf „Zum Gespräch“. Ohne Kamera können Sie auch nur sprechen oder schreiben.
seek-how-chat = Der Chat ist hier im Browser, Sie brauchen kein Programm. 15 Minuten vor Beginn finden Sie bei „Mein Termin“ den Knopf „Zum Gespräch“.

## Was auf jedem Schritt steht

seek-fact-when = Wann
seek-fact-how = Wie
seek-fact-where = Wo
seek-fact-with = Bei
seek-fact-offer = Angebot
seek-fact-phone = Telefon der Stelle
seek-step = Schritt { $number } von 4
seek-to-centre = Zur Seite der Stelle
seek-start = Zur Suche
seek-crisis = Hilfe sofort: Krisentelefone
seek-website = Internetseite der Stelle
seek-abandon = Abbrechen
seek-abandon-note = Dann ist die Zeit wieder frei. Von Ihren Angaben bleibt nichts.

## Schritt 1: der Weg

seek-title-modes = Termin: Art wählen
seek-modes-heading = Wie möchten Sie sprechen?
seek-modes-next = Nächster freier Termin: { $moment }
seek-modes-none = Zurzeit ist hier nichts frei.
seek-promise = Kostenlos und ohne Anmeldung. Sie brauchen kein Konto und keine E-Mail-Adresse.

## Schritt 2: die Zeit

seek-title-times = Termin: Zeit wählen
seek-times-heading = Welche Zeit passt Ihnen?
seek-times-lead = Tippen Sie auf eine Uhrzeit. Wir halten sie Ihnen 5 Minuten frei. Gebucht ist sie dann noch nicht.
seek-times-zone = Alle Zeiten gelten für Deutschland.
seek-times-other-mode = Lieber { $mode }
seek-times-later = Spätere Tage
seek-times-first = Zurück zu den ersten freien Tagen
seek-times-none-heading = Zurzeit ist nichts frei
seek-times-none-text = Hier können Sie zurzeit keinen Termin buchen. Es kommen oft neue Zeiten dazu.
seek-times-none-later-heading = Spätere Tage sind noch nicht frei
seek-times-none-later-text = Weiter im Voraus vergibt die Stelle noch keine Termine.
seek-help-heading = Nichts dabei?
seek-help-call = Rufen Sie an. Am Telefon finden sich oft andere Zeiten:
seek-help-ask = Fragen Sie die Stelle:
seek-help-other = Oder suchen Sie eine andere Stelle:

## Schritt 3: Angaben

seek-title-contact = Termin: Angaben
seek-contact-heading = Was die Stelle wissen möchte
seek-contact-heading-none = Möchten Sie eine Nachricht?
seek-contact-nothing = Die Stelle fragt nichts. Sie kommen einfach mit Ihrem Code.
seek-until = Bis { $time } bleibt diese Zeit für Sie frei.
seek-name = Wie sollen wir Sie nennen?
seek-name-hint = Ein erfundener Name genügt.
seek-first-name = Vorname
seek-last-name = Nachname
seek-mail = E-Mail-Adresse
seek-mail-hint = Damit die Stelle Ihnen schreiben kann.
seek-phone = Telefonnummer
seek-phone-hint = Damit die Stelle Sie erreichen kann. Am besten eine Nummer, bei der nur Sie ans Telefon gehen.
seek-phone-hint-calls = Unter dieser Nummer ruft die Stelle Sie an.
seek-note = Worum geht es?
seek-note-hint = Ein Satz genügt. Sie können das Feld auch leer lassen.
seek-remind = E-Mail-Adresse für Nachrichten zum Termin
seek-remind-hint = Wir schicken eine Bestätigung und jede Änderung, und vorher eine Erinnerung. In der Mail steht nicht, worum es geht.
seek-remind-hint-plain = Wir schicken eine Bestätigung und jede Änderung. In der Mail steht nicht, worum es geht.
seek-remind-also = Schicken Sie mir dorthin auch Nachrichten zum Termin.
seek-remind-shared = Liest jemand Ihre E-Mails mit? Dann lassen Sie dieses Feld leer.
seek-remind-also-shared = Liest jemand Ihre E-Mails mit? Dann lassen Sie dieses Kästchen leer.
seek-data-heading = Was mit Ihren Angaben geschieht
seek-data-who = Nur die Beratungsstelle liest sie. Wir speichern sie verschlüsselt.
seek-data-when = Nach dem Termin löschen wir alles für immer: { $moment }.
seek-data-cancel = Wenn Sie absagen, löschen wir Ihre Angaben sofort. Eine Adresse für Nachrichten löschen wir nach der letzten Nachricht.
seek-data-centre = Was die Stelle sich selbst notiert, liegt bei ihr. Fragen Sie dort nach.
seek-data-centre-says = Die Stelle schreibt dazu:
seek-contact-next = Weiter zur Prüfung
seek-change-time = Andere Zeit wählen

seek-error-name-missing = Geben Sie Ihren Vornamen ein.
seek-error-last-name-missing = Geben Sie Ihren Nachnamen ein.
seek-error-name-long = Kürzen Sie den Namen auf höchstens 80 Zeichen.
seek-error-mail-missing = Geben Sie eine E-Mail-Adresse ein.
seek-error-mail = Geben Sie eine E-Mail-Adresse ein, zum Beispiel name@beispiel.de.
seek-error-phone-missing = Geben Sie eine Telefonnummer ein.
seek-error-phone = Geben Sie eine Telefonnummer ein, zum Beispiel 0761 12345.
seek-error-note-long = Kürzen Sie den Text auf höchstens 1000 Zeichen.

## Schritt 4: prüfen

seek-title-check = Termin: Prüfen
seek-check-heading = Stimmt alles?
seek-check-lead = Prüfen Sie Ihren Termin. Gebucht ist er erst, wenn Sie unten bestätigen.
seek-check-lead-request = Prüfen Sie Ihre Anfrage. Abgeschickt ist sie erst, wenn Sie unten bestätigen.
seek-check-meeting = Ihr Termin
seek-check-said = Ihre Angaben
seek-check-nothing = Sie haben keine Angaben gemacht.
seek-check-request = Die Stelle muss noch zusagen. Bis dahin ist die Zeit für Sie frei gehalten.
seek-said-name = Name
seek-said-mail = E-Mail für die Stelle
seek-said-phone = Telefon
seek-said-note = Worum es geht
seek-said-remind = Nachrichten an
seek-change-said = Angaben ändern
seek-book = Termin buchen
seek-book-request = Termin anfragen

## Terminzettel

seek-title-receipt = Termin: gebucht
seek-title-receipt-request = Termin: angefragt
seek-receipt-heading = Ihr Termin ist gebucht
seek-receipt-heading-request = Ihre Anfrage ist angekommen
seek-receipt-request = Das ist noch kein fester Termin. Die Stelle muss zusagen. Die Zeit ist so lange für Sie frei gehalten.
seek-receipt-request-look = Ob die Stelle zugesagt hat, sehen Sie mit Code und PIN unter „Mein Termin“.
seek-receipt-already = Sie hatten mit diesem Formular schon gebucht. Hier steht dieser Termin. Eine andere Zeit wählen Sie unter „Mein Termin“.
seek-receipt-write-heading = Schreiben Sie Code und PIN auf
seek-receipt-write = Damit können Sie Ihren Termin ansehen, verschieben und absagen. Wir können Code und PIN später nicht noch einmal zeigen.
seek-receipt-page = Die Seite dafür heißt „Mein Termin“:
seek-receipt-mails = Eine Bestätigung kommt an Ihre E-Mail-Adresse.
seek-code = Code
seek-pin = PIN
seek-receipt-link-heading = Oder mit diesem Link
seek-receipt-link = Der Link öffnet Ihren Termin ohne Code und PIN. Geben Sie ihn niemandem weiter.
seek-receipt-keep-heading = Zum Mitnehmen
seek-receipt-calendar = Für den Kalender herunterladen
seek-receipt-calendar-note = Im Kalender steht nur „Termin“, die Zeit und die Adresse. Die Datei bleibt auf diesem Gerät.
seek-print = Drucken
seek-print-note = Drucken oder abschreiben: beides genügt.
seek-bring-heading = Das bringen Sie mit
seek-access-heading = So kommen Sie hin
seek-forget-heading = Was danach bleibt
seek-forget-text = Nach dem Termin löschen wir alles für immer: { $moment }.
seek-forget-device = Der Verlauf Ihres Browsers zeigt, dass Sie diese Seite besucht haben.
seek-traces = Spuren auf diesem Gerät
seek-own-page = Mein Termin
seek-calendar-summary = Termin
seek-wheelchair-full = mit Rollstuhl zugänglich
seek-wheelchair-partial = mit Rollstuhl zum Teil zugänglich
seek-wheelchair-no = mit Rollstuhl nicht zugänglich

## Schon vergeben

seek-title-taken = Termin: andere Zeit wählen
seek-taken-heading = Diese Zeit ist gerade vergeben worden
seek-taken-lost = Gewählt hatten Sie: { $moment }
seek-taken-text = Jemand anderes war schneller. Ihre Angaben sind noch da. Wählen Sie eine andere Zeit:
seek-taken-none = Zurzeit ist auch keine andere Zeit frei.
seek-taken-all = Alle freien Zeiten zeigen

## Hier nicht buchbar

seek-title-elsewhere = Termin
seek-elsewhere-heading = So bekommen Sie hier einen Termin
seek-elsewhere-text = Termine bei dieser Stelle können Sie nicht auf unserer Seite buchen.
seek-elsewhere-paused = Diese Stelle nimmt hier zurzeit keine neuen Buchungen an. Rufen Sie an oder sehen Sie später noch einmal nach. Haben Sie schon einen Termin, gilt er weiter.
seek-elsewhere-link = Die Stelle vergibt Termine auf ihrer eigenen Seite:
seek-elsewhere-link-note = Der Link führt zu einer anderen Seite. Dort gelten andere Regeln für Ihre Daten.

## Mein Termin

seek-title-own = Mein Termin
seek-enter-heading = Mein Termin
seek-enter-lead = Sehen Sie Ihren Termin an, verschieben Sie ihn oder sagen Sie ab.
seek-enter-code = Code
seek-enter-code-hint = Steht auf Ihrem Terminzettel, zum Beispiel 4TK-9MW-2XB.
seek-enter-pin = PIN
seek-enter-pin-hint = Vier Ziffern.
seek-enter-show = Termin zeigen
seek-enter-link-summary = Ich habe einen Link
seek-enter-link = Link
seek-enter-link-hint = Fügen Sie den ganzen Link vom Terminzettel oder aus der E-Mail ein.
seek-enter-lost-heading = Code oder PIN verloren?
seek-enter-lost = Rufen Sie die Stelle an, bei der Sie den Termin haben. Sie kann absagen oder verschieben.
seek-error-code-length = Ein Code hat neun Zeichen. Prüfen Sie, ob eines fehlt.
seek-error-code-character = Ein Code besteht aus Buchstaben und Ziffern. Prüfen Sie Ihre Eingabe.
seek-error-code-mistyped = So einen Code gibt es nicht. Vermutlich ist ein Zeichen vertippt.
seek-error-pin = Eine PIN hat vier Ziffern.
seek-error-wrong = Code und PIN gehören nicht zusammen. Prüfen Sie beide. War der Termin heute schon, dann ist er gelöscht.
seek-error-link = Zu diesem Link gibt es keinen Termin. Vielleicht ist der Termin vorbei, dann ist alles gelöscht.

seek-own-heading = Ihr Termin
seek-own-heading-request = Ihre Anfrage
seek-own-confirmed = Der Termin steht fest.
seek-own-requested = Die Stelle hat noch nicht zugesagt. Die Zeit ist für Sie frei gehalten.
seek-own-begun = Der Termin hat schon begonnen. Ändern können Sie ihn nicht mehr.
seek-own-unanswered = Die Stelle hat nicht zugesagt. Der Termin findet nicht statt. Bitte rufen Sie die Stelle an.
seek-own-unmovable = Verschieben geht zurzeit nur am Telefon.
seek-own-move = Verschieben
seek-own-cancel = Absagen
seek-own-leave = Fertig? Schließen Sie dieses Fenster, wenn andere das Gerät benutzen.
seek-told-moved = Ihr Termin ist verschoben. Code, PIN und Link bleiben gleich.
seek-told-changed = Der Termin hat sich gerade geändert. Hier sehen Sie, wie er jetzt ist.
seek-own-talk = Zum Gespräch
seek-own-talk-note = Der Chat ist verschlüsselt, und nichts davon wird gespeichert.
seek-own-talk-later = Der Chat öffnet hier: { $moment }. Laden Sie diese Seite dann neu.
seek-told-talk-closed = Das Gespräch ist gerade nicht offen. Es öffnet 15 Minuten vor dem Termin.
seek-told-closed = Das geht nicht mehr. Rufen Sie die Stelle an.

seek-title-move = Mein Termin: verschieben
seek-move-heading = Wann möchten Sie stattdessen kommen?
seek-move-lead = Ihr jetziger Termin bleibt, bis Sie einen neuen bestätigen.
seek-move-now = Jetziger Termin
seek-move-taken = Diese Zeit ist gerade vergeben worden. Ihr Termin ist unverändert. Wählen Sie eine andere Zeit.
seek-move-check-heading = Termin verschieben?
seek-move-new = Neuer Termin
seek-move-sure = Ja, verschieben
seek-move-other = Andere Zeit wählen
seek-own-back = Nichts ändern

seek-title-cancel = Mein Termin: absagen
seek-cancel-heading = Termin absagen?
seek-cancel-heading-request = Anfrage zurückziehen?
seek-cancel-text = Die Zeit wird dann für andere frei. Ihre Angaben löschen wir sofort. Das lässt sich nicht rückgängig machen.
seek-cancel-sure = Ja, absagen

## Warteliste

seek-title-wait = Warteliste
seek-wait-offer-heading = Lieber früher?
seek-wait-offer-text = Wir schreiben Ihnen, wenn ein früherer Termin frei wird.
seek-wait-none-heading = Auf einen freien Termin warten?
seek-wait-none-text = Wir schreiben Ihnen, wenn ein Termin frei wird.
seek-wait-offer-button = Auf die Warteliste
seek-own-earlier = Früheren Termin wünschen
seek-own-earlier-note = Wir schreiben Ihnen, wenn etwas Früheres frei wird. Ihr Termin bleibt.
seek-wait-heading = Früheren Termin wünschen
seek-wait-lead = Wird ein früherer Termin frei, schreiben wir Ihnen eine E-Mail.
seek-wait-no-booking = Das ist keine Buchung. Alle auf der Liste bekommen dieselbe Mail. Wer zuerst bucht, bekommt den Termin.
seek-wait-how-long = In welcher Zeit suchen Sie einen Termin?
seek-wait-weeks =
    { $weeks ->
        [1] in den nächsten 7 Tagen
       *[other] in den nächsten { $weeks } Wochen
    }
seek-wait-before = Sie suchen einen Termin vor: { $moment }.
seek-wait-mail-hint = In der Mail steht nicht, worum es geht.
seek-wait-shared = Liest jemand Ihre E-Mails mit? Dann nehmen Sie eine andere Adresse, oder rufen Sie die Stelle an.
seek-wait-have = Haben Sie schon einen Termin? Dann buchen Sie nicht neu. Verschieben Sie ihn hier:
seek-wait-data-confirm = Zuerst fragen wir mit einer Mail, ob die Adresse Ihre ist. Ohne Bestätigung löschen wir sie nach 24 Stunden.
seek-wait-data-notices = Danach bekommen Sie höchstens drei Mails, höchstens eine am Tag.
seek-wait-data-end = Ihre Adresse speichern wir verschlüsselt. Wir löschen sie nach der dritten Mail oder wenn Ihre Frist vorbei ist.
seek-wait-send = Auf die Warteliste
seek-error-weeks = Wählen Sie, in welcher Zeit Sie einen Termin suchen.
seek-error-before = Vor diesem Termin bleibt zu wenig Zeit für einen früheren.
seek-wait-times = Zu den freien Zeiten
seek-wait-sent-heading = Sehen Sie in Ihr Postfach
seek-wait-sent-text = Wir haben Ihnen eine Mail geschickt. Öffnen Sie den Link darin und bestätigen Sie. Erst dann stehen Sie auf der Liste.
seek-wait-sent-nothing = Keine Mail da? Sehen Sie bei unerwünschten Mails nach. Vielleicht war die Adresse falsch geschrieben:
seek-wait-sent-other = Adresse noch einmal eingeben
seek-wait-heading-entry = Ihr Eintrag auf der Warteliste
seek-wait-heading-confirm = Stimmt das?
seek-wait-enter-lead = Öffnen Sie hier den Link aus Ihrer Mail.
seek-wait-enter-hint = Fügen Sie den ganzen Link aus der E-Mail ein.
seek-wait-enter-show = Eintrag zeigen
seek-wait-error-link = Zu diesem Link gibt es keinen Eintrag mehr. Er ist gelöscht: Sie haben sich gestrichen, drei Mails bekommen oder nicht innerhalb von 24 Stunden bestätigt.
seek-wait-not-confirmed = Sie stehen noch nicht auf der Liste. Haben Sie sich selbst eingetragen? Dann bestätigen Sie. Wenn nicht, müssen Sie nichts tun.
seek-wait-left =
    { $left ->
        [0] Sie haben drei Mails bekommen. Mehr schicken wir nicht.
        [1] Sie bekommen höchstens noch eine Mail.
       *[other] Sie bekommen höchstens { $left } Mails, höchstens eine am Tag.
    }
seek-wait-first = Zurzeit ist frei: { $moment }.
seek-wait-confirm = Ja, auf die Liste
seek-wait-leave = Von der Liste streichen
seek-wait-forgotten = Spätestens dann löschen wir den Eintrag: { $moment }.
seek-wait-told-confirmed = Sie stehen auf der Liste.
seek-wait-told-none = Für dieses Angebot gibt es zurzeit keine Warteliste.

## Am Ende

seek-title-ended = Termin
seek-ended-cancelled-title = Dieser Termin ist abgesagt
seek-ended-cancelled-text = Er findet nicht statt. Ihre Angaben für die Stelle sind gelöscht.
seek-ended-note = Nachricht dazu
seek-ended-over-title = Dieser Termin ist vorbei
seek-ended-over-text = Wir haben alles gelöscht, was wir dazu wussten. Haben Sie ihn verschoben? Dann prüfen Sie Code und PIN.
seek-ended-slow-title = Zu viele Versuche
seek-ended-slow-text = Dieser Code ist für eine Stunde gesperrt. Rufen Sie die Stelle an, wenn es eilt.
seek-ended-given-up-title = Abgebrochen
seek-ended-given-up-text = Die Zeit ist wieder frei. Von Ihren Angaben haben wir nichts gespeichert.
seek-ended-wait-full-title = Die Warteliste ist voll
seek-ended-wait-full-text = Zurzeit warten hier schon zu viele Menschen. Wir haben Ihre Adresse nicht gespeichert.
seek-ended-wait-none-title = Hier gibt es keine Warteliste mehr
seek-ended-wait-none-text = Die Stelle hat sie eben abgeschaltet. Wir haben Ihre Adresse nicht gespeichert.
seek-ended-wait-left-title = Sie stehen nicht mehr auf der Liste
seek-ended-wait-left-text = Ihre Adresse ist gelöscht. Wir schreiben Ihnen nicht mehr.
seek-ended-wait-over-title = Diese Wartezeit ist vorbei
seek-ended-wait-over-text = Der Eintrag und Ihre Adresse sind gelöscht. Einen Termin können Sie weiterhin suchen.
seek-ended-anew = Neuen Termin aussuchen
seek-ended-again = Noch einmal versuchen

## Offene Sprechstunde: ohne Termin

seek-title-walk-in = Sprechen Sie jetzt mit uns
seek-walk-in-heading = Sprechen Sie jetzt mit uns
seek-walk-in-link = Jetzt chatten, ohne Termin
seek-walk-in-open = Die offene Sprechstunde geht bis { $time }. Sie brauchen keinen Termin und keinen Namen.
seek-walk-in-how = Sie kommen in ein Wartezimmer. Dort sehen Sie, wie viele vor Ihnen sind. Eine Beraterin oder ein Berater holt Sie in den Chat.
seek-walk-in-enter = Ins Wartezimmer
seek-walk-in-protected = Was ist geschützt, und was nicht?
seek-walk-in-protected-yes = Ihr Browser verschlüsselt, was Sie schreiben. Wir können es nicht lesen, und wir speichern nichts davon.
seek-walk-in-protected-no = Nicht verbergen können wir, dass Ihr Gerät gerade mit uns verbunden ist.
seek-walk-in-noscript = Für den Chat muss JavaScript eingeschaltet sein. Sie können auch anrufen.
seek-walk-in-closed = Die offene Sprechstunde ist gerade zu
seek-walk-in-next = Sie öffnet wieder:
seek-walk-in-none = In den nächsten Wochen ist keine vorgesehen.
seek-walk-in-call = Lieber telefonieren? Rufen Sie die Stelle an:
