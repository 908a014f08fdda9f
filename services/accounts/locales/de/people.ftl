### Arbeitsplatz: Start, Personen, Protokoll

accounts-nav-start = Start
accounts-nav-people = Personen
accounts-nav-trail = Protokoll
accounts-start-greeting = Guten Tag, { $name }
accounts-start-attention = Was wartet
accounts-start-nothing = Zurzeit wartet nichts auf Sie.
accounts-start-profile = Ratsuchende sehen noch nicht, in welchen Sprachen und zu welchen Themen Sie beraten.
accounts-start-profile-link = Angaben ergänzen
accounts-attention-recovery =
    { $count ->
        [0] Sie haben keine Wiederherstellungs-Codes. Ohne App und Passkey kommen Sie dann nicht hinein.
        [one] Sie haben nur noch einen Wiederherstellungs-Code.
       *[other] Sie haben nur noch { $count } Wiederherstellungs-Codes.
    }

## Personen

accounts-people-search = Name oder E-Mail-Adresse
accounts-people-states = Nach Stand
accounts-people-state = Stand
accounts-people-no-factor = ohne zweiten Faktor
accounts-people-count =
    { $count ->
        [0] Niemand gefunden.
        [one] Eine Person.
       *[other] { $count } Personen.
    }
accounts-state-all = Alle
accounts-state-invited = Eingeladen
accounts-state-active = Aktiv
accounts-state-disabled = Gesperrt
accounts-done-invited = Die Einladung ist unterwegs. Sie gilt sieben Tage.
accounts-done-grant-added = Das Recht ist gegeben.
accounts-done-taken-back = Die Einladung ist zurückgenommen.

## Einladen

accounts-invite-title = Person einladen
accounts-invite-lead = Die Person bekommt eine E-Mail mit einem Link. Er gilt sieben Tage und nur einmal.
accounts-invite-name-hint = Die Person kann ihn beim Annehmen noch ändern.
accounts-invite-language = Sprache der E-Mail
accounts-invite-button = Einladung schicken

## Rechte

accounts-role-administrator-hint = Darf alles.
accounts-role-association-administrator-hint = Spielt die Liste eines Verbands ein.
accounts-role-centre-manager-hint = Pflegt den Eintrag einer Stelle und lädt Kolleginnen und Kollegen ein.
accounts-role-counsellor-hint = Berät in einer Stelle.
accounts-grant-role = Was darf die Person?
accounts-grant-role-missing = Wählen Sie ein Recht, das Sie geben dürfen.
accounts-grant-search = Stelle suchen
accounts-grant-search-hint = Für Leitung und Beratung: Name, Ort oder Postleitzahl.
accounts-grant-search-button = Suchen
accounts-grant-nothing-found = Dazu gibt es keine Stelle.
accounts-grant-centre = In welcher Stelle?
accounts-grant-centre-missing = Wählen Sie eine Stelle. Suchen Sie sie vorher, wenn sie nicht in der Auswahl steht.
accounts-grant-source = Welche Liste?
accounts-grant-source-missing = Wählen Sie eine Liste.
accounts-grant-add = Recht geben
accounts-grant-add-button = Recht geben
accounts-grant-withdraw = Entziehen
accounts-last-administrator = Das geht nicht: Es muss jemand übrig bleiben, der alles darf.

## Eine Person

accounts-person-own = Das sind Sie.
accounts-person-since = Angelegt
accounts-person-factor = Zweiter Faktor
accounts-person-factor-set = Eingerichtet
accounts-person-factor-none = Nicht eingerichtet
accounts-person-trail = Im Protokoll ansehen
accounts-person-invitation = Einladung
accounts-person-invitation-over = Die Einladung ist abgelaufen.
accounts-person-access = Zugang
accounts-person-end-sessions = Alle Sitzungen beenden
accounts-invitation-resend = Noch einmal schicken
accounts-invitation-given-up = Die Mail mit der Einladung ist nicht angekommen
accounts-invitation-given-up-text = Sie ließ sich nicht zustellen und wird nicht weiter versucht. Prüfen Sie die Adresse { $mail }. Stimmt sie, schicken Sie die Einladung noch einmal. Stimmt sie nicht, nehmen Sie die Einladung zurück und laden Sie neu ein.
accounts-invitation-withdraw-title = Einladung zurücknehmen
accounts-invitation-withdraw-text = Der Link gilt dann nicht mehr, und die Person verschwindet aus der Liste.
accounts-invitation-withdraw = Einladung zurücknehmen
accounts-factor-required = Diese Person braucht einen zweiten Faktor.
accounts-factor-optional = Diese Person braucht keinen zweiten Faktor, solange ihre Rechte keinen verlangen.
accounts-factor-make-required = Zweiten Faktor verlangen
accounts-factor-make-optional = Nicht mehr verlangen
accounts-factor-remove-title = App und Passkeys verloren
accounts-factor-remove-text = App, Passkeys und Wiederherstellungs-Codes gelten dann nicht mehr. Alle Sitzungen enden. Bei der nächsten Anmeldung richtet die Person alles neu ein. Prüfen Sie vorher, dass wirklich sie es ist, die darum bittet.
accounts-factor-remove = Zweiten Faktor zurücksetzen
accounts-disable-title = Konto sperren
accounts-disable-text = Alle Sitzungen enden sofort, und die Person kann sich nicht mehr anmelden. Sie können das Konto wieder entsperren.
accounts-disable = Konto sperren
accounts-enable = Konto entsperren
accounts-done-grant-withdrawn = Das Recht ist entzogen.
accounts-done-disabled = Das Konto ist gesperrt. Alle Sitzungen sind beendet.
accounts-done-enabled = Das Konto ist entsperrt.
accounts-done-sessions-ended = Alle Sitzungen sind beendet.
accounts-done-resent = Die Einladung ist noch einmal unterwegs. Der alte Link gilt nicht mehr.
accounts-done-factors-removed = Der zweite Faktor ist zurückgesetzt.

## Protokoll

accounts-trail-lead = Was Menschen hier geändert haben. Über Ratsuchende steht hier nichts.
accounts-trail-search = Name von Person oder Sache
accounts-trail-person = Nur Einträge zu einer Person.
accounts-trail-all = Alle zeigen
accounts-trail-when = Wann
accounts-trail-who = Wer
accounts-trail-what = Was
accounts-trail-object = Woran
accounts-trail-detail = Mehr dazu
accounts-trail-empty = Keine Einträge.
accounts-trail-newest = Zu den neuesten
accounts-trail-older = Ältere Einträge

audit-setup-completed = Erste Einrichtung abgeschlossen
audit-person-invited = Person eingeladen
audit-invitation-renewed = Einladung noch einmal geschickt
audit-invitation-withdrawn = Einladung zurückgenommen
audit-invitation-accepted = Einladung angenommen
audit-person-grants-changed = Rechte geändert
audit-person-disabled = Konto gesperrt
audit-person-enabled = Konto entsperrt
audit-person-second-factor-rule = Pflicht zum zweiten Faktor geändert
audit-person-factors-removed = Zweiten Faktor zurückgesetzt
audit-person-sessions-ended = Alle Sitzungen beendet
audit-session-started = Angemeldet
audit-session-renewed = Identität bestätigt
audit-session-ended = Sitzung beendet
audit-session-others-ended = Alle anderen Sitzungen beendet
audit-profile-changed = Angaben geändert
audit-mail-change-requested = Neue E-Mail-Adresse angefordert
audit-mail-changed = E-Mail-Adresse geändert
audit-password-changed = Passwort geändert
audit-password-reset = Passwort über Link neu gesetzt
audit-totp-set = App eingerichtet
audit-totp-removed = App entfernt
audit-recovery-renewed = Neue Wiederherstellungs-Codes
audit-recovery-used = Wiederherstellungs-Code benutzt
audit-passkey-added = Passkey angelegt
audit-passkey-renamed = Passkey umbenannt
audit-passkey-removed = Passkey entfernt
audit-oidc-linked = Konto des Hauses verbunden
audit-oidc-unlinked = Konto des Hauses getrennt
