# Was das Programm auf der Kommandozeile sagt.
cli-stage-reading = Lesen
cli-stage-mapping = Zuordnen
cli-stage-comparing = Vergleichen
cli-stage-applying = Übernehmen
cli-stage-walking = Durchgehen

cli-import-title = Import „{ $source }“ mit dem Profil „{ $profile }“: { $rows ->
    [one] eine Zeile gelesen
   *[other] { $rows } Zeilen gelesen
 }
cli-import-new = neu
cli-import-changed = geändert
cli-import-unchanged = unverändert
cli-import-missing = in den Dateien nicht enthalten
cli-import-withdrawn = davon vom Verzeichnis genommen
cli-import-held = in den Dateien fehlerhaft, daher wie bisher
cli-import-kept-edits = geändert, aber von Hand bearbeitet: Es bleibt bei der Bearbeitung
cli-import-duplicates = vielleicht schon aus einer anderen Liste im Verzeichnis: zu entscheiden unter „Dubletten“
cli-import-pair = vielleicht dieselbe wie „{ $name }“ aus „{ $source }“: { $score } von 100 Punkten
cli-import-rejected = abgelehnt
cli-import-repaired = repariert
cli-import-dry-run = Probelauf: Es wurde nichts übernommen.
cli-import-applied = Übernommen.
cli-import-nothing-to-do = Nichts zu tun: Das Verzeichnis entspricht den Dateien.
cli-import-refused = Nichts übernommen.
cli-import-moved = Jemand hat das Verzeichnis in derselben Zeit geändert. Es wurde nichts übernommen. Starten Sie den Import noch einmal.
cli-import-run = Zurücknehmen: import roll-back { $run }
cli-import-conflict = { $field } bleibt „{ $value }“, bearbeitet von { $name }
cli-history-empty = Es wurde noch nichts eingelesen.
cli-history-import = { $at }  Import „{ $source }“ durch { $actor }: { $new } neu, { $changed } geändert, { $withdrawn } vom Verzeichnis genommen
cli-history-roll-back = { $at }  Rücknahme „{ $source }“ ({ $run }) durch { $actor }: { $new } wieder da, { $changed } zurückgeändert, { $withdrawn } entfernt
cli-roll-back-done = Zurückgenommen: { $removed } entfernt, { $returned } wieder da, { $changed } zurückgeändert, { $edits } Bearbeitungen wiederhergestellt, { $regrouped } Zusammenführungen zurückgenommen. Unverändert geblieben: { $kept }.
cli-roll-back-nothing = Es gibt nichts zurückzunehmen.
cli-roll-back-unknown = Diesen Import gibt es nicht. Die Liste zeigt: import history
cli-roll-back-details-gone = Die Einzelheiten dieses Imports sind nicht mehr gespeichert. Er lässt sich nicht zurücknehmen.
cli-roll-back-kept-changed-later = bleibt, denn ein späterer Import hat den Eintrag geändert
cli-roll-back-kept-edited-since = bleibt, denn jemand hat den Eintrag seither bearbeitet
cli-roll-back-kept-merged-since = bleibt, denn der Eintrag wurde seither mit einem anderen zusammengeführt
cli-roll-back-kept-address-taken = bleibt, denn die Adresse der Seite gehört inzwischen einer anderen Stelle
cli-roll-back-kept-regrouped-since = bleibt, wo der Eintrag jetzt steht, denn jemand hat die Zusammenführung seither geändert
cli-more = … und { $count } weitere; alle mit --json

cli-places-read = { $rows } Orte gelesen, { $left_out } Zeilen mit Absicht ausgelassen, { $points } Koordinaten ergänzt, { $problems } Zeilen mit Fehlern
cli-places-applied = Das Ortsverzeichnis ist ersetzt.
cli-places-refused = Nichts übernommen: Die Datei kennt { $read } Postleitzahlen, das Verzeichnis { $known }. Ist sie vollständig? Dann mit --accept-losses.
cli-places-row = Zeile { $row }, Spalte { $column }

cli-export-done = { $count } Stellen geschrieben.
cli-reindex-done = Der Index ist neu gebaut: { $count } Stellen.
cli-demo-done = Vorführ-Verzeichnis: { $new } neu, { $changed } geändert, { $unchanged } unverändert, { $withdrawn } entfernt.
cli-demo-bookable = Bei { $count } erfundenen Stellen kann man Termine buchen.
cli-demo-among-real = Im Verzeichnis stehen Stellen aus „{ $source }“. Erfundene Stellen kommen nicht dazwischen. Nehmen Sie mit --data einen anderen Ordner.
cli-no-directory = Hier ist noch kein Verzeichnis: { $folder }. Nennen Sie mit --data den richtigen Ordner, oder lesen Sie zuerst Stellen ein.

cli-check-title = { $centres } Stellen mit { $offers } Angeboten geprüft.
cli-check-clean = Nichts gefunden.
cli-check-severity-error = FEHLER
cli-check-severity-warning = WARNUNG
cli-check-severity-note = HINWEIS

cli-places-problem-line-too-long = Die Zeile ist zu lang und wird ausgelassen. Prüfen Sie, ob ein Zeilenumbruch fehlt.
cli-places-problem-too-few-columns = Die Zeile hat zu wenige Spalten und wird ausgelassen. Prüfen Sie das Trennzeichen.
cli-places-problem-not-a-postcode = Keine Postleitzahl; die Zeile wird ausgelassen.
cli-places-problem-not-a-municipality-key = Kein Gemeindeschlüssel (AGS); die Zeile wird ausgelassen.
cli-places-problem-not-a-district-key = Kein Kreisschlüssel; der Ort wird ohne Kreis übernommen.
cli-places-problem-name-missing = Der Name fehlt; die Zeile wird ausgelassen.
cli-places-problem-point-outside = Der Punkt liegt nicht in Deutschland; es gilt der Punkt des mitgelieferten Verzeichnisses.

# `serve`
cli-serve-mails = Mails verlassen diese Installation nicht ([mail] ist nicht eingerichtet). Sie stehen hier: { $address }
cli-serve-setup = Noch gibt es niemanden, der verwaltet. Dieser Link richtet die erste Person ein (einmal gültig):
mails-title = Mails, die hier geblieben sind
mails-explain = In der Konfiguration steht kein Mail-Server ([mail]). Die letzten 50 Mails stehen nur im Arbeitsspeicher.
mails-none = Es gibt noch keine.
mails-to = An:

# `accounts rescue`
cli-rescue-link = Dieser Link setzt ein neues Passwort. Er gilt einmal und eine Stunde lang. Geben Sie ihn nur der Person selbst:
cli-rescue-done = Ihre zweiten Faktoren sind entfernt, ihre Sitzungen beendet. Beim nächsten Anmelden richtet sie neue ein.
cli-rescue-nobody = Mit dieser Adresse meldet sich niemand mit Passwort an: { $mail }
cli-rescue-no-accounts = Hier sind noch keine Konten: { $folder }. Nennen Sie mit --data den richtigen Ordner.

# `clock`
cli-clock-machine = Die Uhr dieses Rechners zeigt { $time }.
cli-clock-believed = Gelöscht wurde zuletzt nach { $time }.
cli-clock-nothing-believed = Gelöscht wurde hier noch nie.
cli-clock-due = { $count ->
        [0] Nach der Uhr des Rechners ist nichts fällig.
        [one] Nach der Uhr des Rechners ist 1 Schlüssel fällig. Er wird beim nächsten Start vernichtet, wenn die Uhr gilt.
       *[other] Nach der Uhr des Rechners sind { $count } Schlüssel fällig. Sie werden beim nächsten Start vernichtet, wenn die Uhr gilt.
    }
cli-clock-confirmed = Ab jetzt gilt die Uhr des Rechners. Starten Sie das Programm wieder.
cli-clock-not-confirmed = Das ließ sich nicht festhalten
cli-clock-stop-first = Solange das Programm läuft, lässt sich die Uhr nicht bestätigen. Beenden Sie es zuerst

# `drain`
cli-drain-done = { $node } nimmt keine neuen Gespräche mehr an. Laufende gehen weiter, bis sie enden oder die eingestellte Zeit um ist.
cli-drain-nobody = { $node } antwortet nicht. Läuft der Knoten, und heißt er so?
cli-drain-no-bus = In der Konfiguration fehlt [bus]: Ohne ihn gibt es nur einen Prozess

cli-config-file = Konfiguration: { $file }
cli-config-none = Es gibt keine Konfiguration. Alles hat seinen Vorgabewert.
cli-config-good = Damit kann gestartet werden.
cli-config-no-operator = [site.operator] fehlt. Das Impressum sagt das offen.
cli-config-no-address = site.base_url fehlt. Links in Nachrichten zeigen auf diesen Rechner.
cli-config-no-mail = [mail] fehlt. Nachrichten verlassen diesen Rechner nicht.
cli-config-calls-alone = calls.relay.public fehlt. Sprechen und sich sehen geht nur zwischen Browsern auf diesem Rechner.

cli-store-carried = { $service }: { $tables } Tabellen, { $rows } Zeilen
cli-backup-nothing = Hier ist keine Datenbank von „{ $service }“. Prüfen Sie --data und --store.
cli-backup-exists = { $file } gibt es schon. Nehmen Sie einen anderen Namen.
cli-backup-done = Gesichert in { $file }. Die Schlüssel (keys/) sind nicht dabei: server.key sichern Sie getrennt, keys/booking/ nie.
cli-backup-key = Der Schlüssel steht in { $file }. Bewahren Sie ihn woanders auf: Wer ihn hat, kann Sicherungen lesen. Ohne ihn kann es niemand.
cli-restore-taken = Es gibt schon eine Datenbank von „{ $service }“. Zurückgeholt wird nur dorthin, wo noch keine ist.
cli-restore-stop-first = Beenden Sie zuerst das laufende Programm.
cli-restore-nothing-kept = Es wurde nichts übernommen.
cli-restore-destroyed = Seit der Sicherung gelöscht und deshalb wieder entfernt: { $count }
cli-restore-no-key = keys/server.key fehlte und wurde neu gemacht: Alle müssen den zweiten Faktor neu einrichten. Haben Sie den alten, legen Sie ihn jetzt dorthin.
cli-restore-done = Zurückgeholt. Beim nächsten Start wird zuerst gelöscht, was inzwischen fällig ist. Alle müssen sich neu anmelden.
cli-migrate-stop-first = Beenden Sie zuerst das laufende Programm. Sonst ginge verloren, was währenddessen gebucht wird.
cli-migrate-done = Umgezogen und verglichen. Starten Sie mit --store und der neuen Adresse und demselben --data: Dort liegen die Schlüssel. Löschen Sie die alten Datenbanken, wenn alles läuft.
