### Anmelden, Einladung, Einrichten

accounts-when = { $day }.{ $month }.{ $year }, { $time } Uhr
accounts-continue = Weiter
accounts-save = Speichern
accounts-wait =
    { $minutes ->
        [one] Das waren zu viele Versuche. Bitte warten Sie eine Minute und versuchen Sie es dann noch einmal.
       *[other] Das waren zu viele Versuche. Bitte warten Sie { $minutes } Minuten und versuchen Sie es dann noch einmal.
    }
accounts-mail-label = E-Mail-Adresse
accounts-mail-invalid = Schreiben Sie eine E-Mail-Adresse, zum Beispiel name@beispiel.de.
accounts-mail-taken = Diese E-Mail-Adresse gehört schon zu einem anderen Konto.
accounts-name-label = Name
accounts-name-hint = So sehen Sie Kolleginnen, Kollegen und Ratsuchende.
accounts-name-invalid = Schreiben Sie einen Namen mit höchstens 100 Zeichen.
accounts-to-sign-in = Zur Anmeldung

## Anmelden

accounts-sign-in-title = Anmelden
accounts-sign-in-lead = Für Menschen, die in einer Beratungsstelle oder in der Verwaltung arbeiten.
accounts-sign-in-button = Anmelden
accounts-sign-in-wrong = E-Mail-Adresse und Passwort passen nicht zusammen.
accounts-sign-in-other = Andere Wege
accounts-sign-in-passkey = Mit Passkey anmelden
accounts-sign-in-single = Mit { $provider } anmelden
accounts-sign-in-seekers = Sie suchen Beratung? Dafür brauchen Sie kein Konto.
accounts-sign-in-seekers-link = Zur Suche
accounts-done-signed-out = Sie sind abgemeldet.
accounts-done-password-reset = Ihr neues Passwort gilt jetzt. Melden Sie sich damit an.
accounts-done-mail-changed = Ihre neue E-Mail-Adresse gilt jetzt.

## Passwort

accounts-password-label = Passwort
accounts-password-new = Neues Passwort
accounts-password-title = Neues Passwort
accounts-password-advice = Am besten ein Satz aus mehreren Wörtern, 15 Zeichen oder mehr. Mindestens 12 Zeichen. Leerzeichen sind erlaubt.
accounts-password-save = Passwort speichern
accounts-password-short = Das Passwort ist zu kurz. Es braucht mindestens { $shortest } Zeichen.
accounts-password-long = Das Passwort ist zu lang. Es darf höchstens { $longest } Zeichen haben.
accounts-password-common = Dieses Passwort ist leicht zu erraten. Nehmen Sie zum Beispiel vier Wörter, die nichts miteinander zu tun haben.
accounts-password-own = Dieses Passwort besteht aus Ihrem Namen oder Ihrer E-Mail-Adresse. Nehmen Sie etwas anderes.

## Zweiter Schritt

accounts-code-title = Zweiter Schritt
accounts-code-lead = Guten Tag, { $name }. Zeigen Sie noch auf eine zweite Art, dass Sie es sind.
accounts-code-label = Code aus der App
accounts-code-hint = 6 Ziffern. Jeder Code gilt nur einmal und etwa eine Minute lang.
accounts-code-wrong = Der Code stimmt nicht oder ist schon abgelaufen. Schreiben Sie den Code, den die App jetzt zeigt.
accounts-code-passkey-heading = Passkey
accounts-code-passkey = Mit Passkey bestätigen
accounts-code-lost = Sie haben weder App noch Passkey noch Wiederherstellungs-Codes? Bitten Sie jemanden aus der Verwaltung um Hilfe.
accounts-start-again = Mit einem anderen Konto anmelden
accounts-recovery-summary = Ich habe meine App oder meinen Passkey nicht bei mir
accounts-recovery-label = Wiederherstellungs-Code
accounts-recovery-hint = 16 Zeichen von Ihrem Blatt. Jeder Code gilt nur einmal.
accounts-recovery-button = Mit diesem Code anmelden
accounts-recovery-wrong = Der Code stimmt nicht oder wurde schon benutzt.

## Zweiten Faktor einrichten

accounts-set-up-title = Zweiten Schritt einrichten
accounts-set-up-lead = Guten Tag, { $name }. Ein Passwort allein reicht für diese Daten nicht. Richten Sie einen Passkey oder eine App ein.
accounts-set-up-later = Abmelden und später einrichten
accounts-set-up-passkey-heading = Passkey
accounts-set-up-passkey-text = Sie bestätigen mit Fingerabdruck, Gesicht oder der PIN Ihres Geräts. Das ist sicher und geht am schnellsten.
accounts-set-up-app-heading = App mit Codes
accounts-app-step-install = Öffnen Sie eine App für Einmal-Codes auf Ihrem Handy, zum Beispiel FreeOTP, Aegis oder die App Ihres Hauses.
accounts-app-step-scan = Lesen Sie mit der App dieses Bild ein.
accounts-app-step-code = Schreiben Sie den Code, den die App zeigt, in das Feld.
accounts-app-picture = Bild zum Einlesen mit der App. Der Schlüssel als Text steht darunter.
accounts-app-by-hand = Ich kann kein Bild einlesen
accounts-app-secret = Schreiben Sie diesen Schlüssel in die App. Groß- und Kleinschreibung und Leerzeichen sind egal.

## Passkeys

accounts-passkey-make = Passkey anlegen
accounts-passkey-default = Passkey
accounts-passkey-failed = Das hat mit dem Passkey nicht geklappt. Versuchen Sie es noch einmal oder nehmen Sie einen anderen Weg.
accounts-passkey-waiting = Bitte bestätigen Sie jetzt auf Ihrem Gerät.
accounts-passkey-none = Dieser Browser kann keine Passkeys.
accounts-passkey-script = Für Passkeys muss JavaScript eingeschaltet sein. Die anderen Wege gehen auch ohne.

## Passwort vergessen

accounts-forgotten-link = Passwort vergessen?
accounts-forgotten-title = Passwort vergessen
accounts-forgotten-lead = Wir schicken Ihnen einen Link, mit dem Sie ein neues Passwort festlegen.
accounts-forgotten-button = Link schicken
accounts-forgotten-sent-title = Sehen Sie in Ihre E-Mails
accounts-forgotten-sent = Wenn es zu dieser Adresse ein Konto gibt, haben wir Ihnen einen Link geschickt. Er gilt eine Stunde. Sehen Sie auch im Spam-Ordner nach.
accounts-reset-lead = Legen Sie Ihr neues Passwort fest. Danach sind Sie überall abgemeldet.

## Links

accounts-link-label = Link oder Code
accounts-link-hint = Fügen Sie den ganzen Link ein, oder nur den Teil hinter dem Zeichen #.
accounts-link-invalid = Dieser Link gilt nicht oder nicht mehr. Fordern Sie einen neuen an.
accounts-link-first-title = Erste Einrichtung
accounts-link-first-lead = Beim ersten Start steht ein Link auf dem Bildschirm. Damit legen Sie das erste Konto an.
accounts-link-first-invalid = Dieser Link gilt nicht. Er gilt nur, bis er benutzt wird oder das Programm neu startet. Nehmen Sie den Link vom letzten Start.
accounts-link-invitation-title = Einladung
accounts-link-invitation-lead = Sie haben eine Einladung per E-Mail bekommen. Der Link darin führt Sie hierher.
accounts-link-invitation-invalid = Diese Einladung gilt nicht oder nicht mehr. Bitten Sie die Person, die Sie eingeladen hat, um eine neue.
accounts-link-reset-title = Neues Passwort
accounts-link-reset-lead = Sie haben einen Link per E-Mail bekommen. Damit legen Sie ein neues Passwort fest.
accounts-link-mail-title = Neue E-Mail-Adresse bestätigen
accounts-link-mail-lead = Sie haben einen Link an Ihre neue Adresse bekommen. Damit bestätigen Sie, dass die Adresse Ihnen gehört.
accounts-mail-change-lead = Ab jetzt melden Sie sich mit { $mail } an, und wir schreiben Ihnen dorthin.
accounts-mail-change-button = Adresse bestätigen

## Erste Einrichtung

accounts-first-title = Das erste Konto
accounts-first-lead = Dieses Konto darf alles: Menschen einladen, Rechte geben, Listen einspielen.
accounts-first-mail-hint = Damit melden Sie sich an.
accounts-first-button = Konto anlegen

## Einladung

accounts-invitation-title = Willkommen
accounts-invitation-lead = { $by } hat { $mail } eingeladen. Das dürfen Sie hier:
accounts-invitation-expires = Die Einladung gilt bis { $when }.
accounts-invitation-password-heading = Mit Passwort
accounts-invitation-accept = Einladung annehmen
accounts-invitation-passkey-heading = Mit Passkey
accounts-invitation-accept-passkey = Einladung mit Passkey annehmen
accounts-invitation-single-heading = Mit dem Konto Ihres Hauses
accounts-invitation-single-text = Das geht, wenn Ihr Konto dort die Adresse { $mail } hat.

## Noch einmal bestätigen

accounts-again-title = Bitte bestätigen
accounts-again-lead = Was Sie jetzt ändern, schützt Ihr Konto. Zeigen Sie deshalb noch einmal, dass Sie es sind. Das gilt dann zehn Minuten.
accounts-again-passkey-heading = Mit Passkey
accounts-again-wrong = Das Passwort stimmt nicht.
accounts-again-single = Mit { $provider } bestätigen

## Anmelden über einen Anbieter

accounts-single-title = Anmeldung nicht möglich
accounts-single-unknown = { $provider } kennt Sie, aber hier gibt es kein Konto für Sie. Bitten Sie jemanden aus der Verwaltung um eine Einladung an Ihre E-Mail-Adresse.
accounts-single-taken = Ihr Konto bei { $provider } ist schon mit einem anderen Konto verbunden.
accounts-single-stopped = Die Anmeldung bei { $provider } wurde abgebrochen. Sie können es noch einmal versuchen.
accounts-single-stray = Diese Anmeldung wurde nicht in diesem Browser begonnen, oder sie hat zu lange gedauert. Versuchen Sie es noch einmal.
accounts-single-unavailable = { $provider } antwortet gerade nicht richtig. Versuchen Sie es später noch einmal, oder melden Sie sich auf einem anderen Weg an.
