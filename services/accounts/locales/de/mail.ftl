# Mails an Menschen, die mit dem Programm arbeiten. Reiner Text; Betreffzeilen sind neutral.
mail-greeting = Guten Tag { $name },
mail-footer =
    --
    Diese Mail wurde automatisch verschickt. Bitte antworten Sie nicht darauf.

mail-invitation =
    { $by } hat Sie eingeladen, ein Konto anzulegen.

    Öffnen Sie dazu diesen Link:
    { $link }

    Der Link gilt sieben Tage und nur einmal. Geben Sie ihn nicht weiter.
    Wenn Sie nichts damit anfangen können, brauchen Sie nichts zu tun.
    .subject = Ihre Einladung

mail-grants-added =
    Ihr Konto hat neue Aufgaben bekommen. Sie sehen sie, wenn Sie sich das nächste Mal anmelden.
    .subject = Neue Aufgaben in Ihrem Konto

mail-password-reset =
    jemand möchte für Ihr Konto ein neues Passwort setzen. Wenn Sie das sind, öffnen Sie diesen Link:
    { $link }

    Der Link gilt eine Stunde und nur einmal. Geben Sie ihn nicht weiter.
    Wenn Sie es nicht waren, brauchen Sie nichts zu tun: Ihr Passwort bleibt, wie es ist.
    .subject = Neues Passwort

mail-mail-change-confirm =
    diese Adresse soll die neue Adresse Ihres Kontos werden. Bestätigen Sie das mit diesem Link:
    { $link }

    Der Link gilt 24 Stunden und nur einmal.
    Wenn Sie das nicht waren, brauchen Sie nichts zu tun.
    .subject = Bitte bestätigen Sie Ihre neue Adresse

mail-mail-change-requested =
    für Ihr Konto wurde eine andere Mail-Adresse eingetragen. Sie gilt erst, wenn sie bestätigt ist.

    Wenn Sie das nicht waren, ändern Sie bitte gleich Ihr Passwort und sagen Sie Ihrer Administration Bescheid.
    .subject = Ihre Mail-Adresse soll sich ändern

mail-mail-changed =
    Ihr Konto hat jetzt eine andere Mail-Adresse. An diese Adresse schreiben wir Ihnen nicht mehr.

    Wenn Sie das nicht waren, sagen Sie bitte sofort Ihrer Administration Bescheid.
    .subject = Ihre Mail-Adresse wurde geändert

mail-new-device =
    bei Ihrem Konto hat sich jemand mit einem Browser angemeldet, den wir noch nicht kennen:
    { $browser }, { $system }

    Wenn Sie das waren, ist alles in Ordnung.
    Wenn nicht, ändern Sie bitte gleich Ihr Passwort und beenden Sie unter „Mein Konto“ alle anderen Sitzungen.
    .subject = Anmeldung mit einem neuen Browser

mail-password-changed =
    das Passwort Ihres Kontos wurde geändert. Alle anderen Sitzungen wurden beendet.

    Wenn Sie das nicht waren, sagen Sie bitte sofort Ihrer Administration Bescheid.
    .subject = Ihr Passwort wurde geändert

mail-factor-changed =
    die Anmeldung bei Ihrem Konto wurde geändert:
    { $what }

    Wenn Sie das nicht waren, ändern Sie bitte gleich Ihr Passwort und sagen Sie Ihrer Administration Bescheid.
    .subject = Ihre Anmeldung wurde geändert

mail-factor-totp-set = Eine App für Einmal-Codes wurde eingerichtet.
mail-factor-totp-removed = Die App für Einmal-Codes wurde entfernt.
mail-factor-recovery-renewed = Neue Wiederherstellungs-Codes wurden erstellt. Die alten gelten nicht mehr.
mail-factor-recovery-used = Ein Wiederherstellungs-Code wurde benutzt.
mail-factor-passkey-added = Ein Passkey wurde hinzugefügt.
mail-factor-passkey-removed = Ein Passkey wurde entfernt.
mail-factor-person-factors-removed = Ihre Administration hat alle zweiten Faktoren entfernt. Beim nächsten Anmelden richten Sie einen neuen ein.
mail-factor-oidc-linked = Ein Konto für die gemeinsame Anmeldung wurde verbunden.
mail-factor-oidc-unlinked = Das Konto für die gemeinsame Anmeldung wurde getrennt.

mail-browser-firefox = Firefox
mail-browser-chrome = Chrome
mail-browser-safari = Safari
mail-browser-edge = Edge
mail-browser-other = ein anderer Browser

mail-system-linux = Linux
mail-system-windows = Windows
mail-system-macos = macOS
mail-system-android = Android
mail-system-ios = iPhone oder iPad
mail-system-other = ein anderes System
