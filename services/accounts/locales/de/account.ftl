### Das eigene Konto

accounts-account-title = Mein Konto
accounts-rights-heading = Rechte
accounts-role-administrator = Verwaltung
accounts-role-association-administrator = Verwaltung einer Liste
accounts-role-centre-manager = Leitung
accounts-role-counsellor = Beratung
accounts-profile-heading = Über Sie
accounts-profile-title = Angaben ändern
accounts-profile-languages = Sprachen, in denen Sie beraten
accounts-profile-languages-hint = Das sehen Ratsuchende.
accounts-profile-topics = Themen, zu denen Sie beraten
accounts-profile-topics-hint = Das sehen Ratsuchende.
accounts-profile-lang = Sprache unserer E-Mails an Sie
accounts-profile-lang-hint = Die Sprache der Seiten wählen Sie oben.
accounts-done-saved = Gespeichert.
accounts-security-heading = Anmeldung und Sicherheit
accounts-password-set = Gesetzt
accounts-password-none = Nicht gesetzt
accounts-password-others-end = Alle anderen Sitzungen werden beendet. Sie bekommen eine E-Mail darüber.
accounts-done-password = Ihr neues Passwort gilt jetzt. Andere Sitzungen sind beendet.
accounts-last-factor = Das geht nicht: Es ist Ihr letzter Weg, sich sicher anzumelden. Richten Sie erst einen anderen ein.

## Passkeys

accounts-passkeys-title = Passkeys
accounts-passkeys-lead = Mit einem Passkey melden Sie sich ohne Passwort an. Legen Sie am besten auf zwei Geräten je einen an.
accounts-passkeys-count =
    { $count ->
        [0] Keiner
        [one] Einer
       *[other] { $count }
    }
accounts-passkeys-empty = Sie haben noch keinen Passkey.
accounts-passkey-created = Angelegt am { $when }.
accounts-passkey-used = Zuletzt benutzt am { $when }.
accounts-passkey-name = Name des Passkeys
accounts-passkey-name-hint = Zum Beispiel „Diensthandy“.
accounts-passkey-rename = Umbenennen
accounts-passkey-remove = „{ $name }“ entfernen
accounts-passkey-new-heading = Neuer Passkey
accounts-done-passkey-added = Der Passkey ist angelegt.
accounts-done-passkey-removed = Der Passkey ist entfernt. Löschen Sie ihn auch auf dem Gerät.

## App

accounts-app-title = App mit Codes
accounts-app-set = Eingerichtet
accounts-app-none = Nicht eingerichtet
accounts-app-lead = Eine App auf dem Handy zeigt Codes, die nur kurz gelten. Sie brauchen sie nach dem Passwort.
accounts-app-replace = Ihre App ist eingerichtet. Neues Handy? Richten Sie die App hier neu ein, dann gilt die alte nicht mehr.
accounts-app-save = App einrichten
accounts-app-remove-title = App entfernen
accounts-app-remove-text = Danach gelten ihre Codes nicht mehr.
accounts-app-remove = App entfernen
accounts-done-app = Die App ist eingerichtet.
accounts-done-app-removed = Die App ist entfernt.

## Wiederherstellung

accounts-recovery-title = Wiederherstellungs-Codes
accounts-recovery-lead = Mit einem solchen Code melden Sie sich an, wenn Sie App oder Passkey nicht bei sich haben.
accounts-recovery-count =
    { $count ->
        [0] Sie haben keine Codes.
        [one] Sie haben noch einen Code.
       *[other] Sie haben noch { $count } Codes.
    }
accounts-recovery-new = Neue Codes machen
accounts-recovery-new-text = Die alten Codes gelten dann nicht mehr.
accounts-recovery-needs-factor = Richten Sie erst einen Passkey oder eine App ein:
accounts-recovery-once-title = Diese Codes sehen Sie nur jetzt
accounts-recovery-once = Drucken Sie sie aus oder schreiben Sie sie ab. Bewahren Sie das Blatt auf wie einen Schlüssel.
accounts-recovery-list = Wiederherstellungs-Codes für { $name }
accounts-recovery-use = Jeder Code gilt nur einmal. Streichen Sie benutzte durch.
accounts-recovery-kept = Ich habe die Codes, weiter

## Sitzungen

accounts-sessions-title = Sitzungen
accounts-sessions-lead = Hier sind Sie angemeldet. Eine Sitzung endet nach 30 Minuten ohne Klick und nach 10 Stunden immer.
accounts-session-browser = Browser
accounts-session-since = Angemeldet
accounts-session-seen = Zuletzt benutzt
accounts-session-action = Beenden
accounts-session-current = Diese Sitzung
accounts-session-end = Beenden
accounts-session-end-others = Alle anderen beenden
accounts-session-name = { $browser } auf { $system }
accounts-browser-firefox = Firefox
accounts-browser-chrome = Chrome
accounts-browser-safari = Safari
accounts-browser-edge = Edge
accounts-browser-other = Anderer Browser
accounts-system-linux = Linux
accounts-system-windows = Windows
accounts-system-macos = macOS
accounts-system-android = Android
accounts-system-ios = iOS
accounts-system-other = anderem System
accounts-done-session-ended = Die Sitzung ist beendet.
accounts-done-others-ended = Alle anderen Sitzungen sind beendet.

## E-Mail-Adresse

accounts-own-mail-title = E-Mail-Adresse ändern
accounts-own-mail-lead = Jetzt melden Sie sich mit { $mail } an.
accounts-own-mail-new = Neue E-Mail-Adresse
accounts-own-mail-button = Link an die neue Adresse schicken
accounts-mail-pending = { $mail } ist noch nicht bestätigt.
accounts-done-mail-asked = Wir haben einen Link an die neue Adresse geschickt. Er gilt 24 Stunden. Bis Sie ihn öffnen, bleibt alles beim Alten.

## Anbieter

accounts-single-heading = Konto Ihres Hauses
accounts-single-linked = Sie können sich mit { $provider } anmelden.
accounts-single-unlinked = Verbinden Sie Ihr Konto, dann können Sie sich auch mit { $provider } anmelden.
accounts-single-link = Mit { $provider } verbinden
accounts-single-unlink = Verbindung lösen
accounts-done-linked = Ihr Konto ist verbunden.
accounts-done-unlinked = Die Verbindung ist gelöst.
