### Das Gespräch: Seiten der Ratsuchenden und der Beratenden. Kurze Sätze, nichts über das Anliegen.

talk-title = Gespräch
talk-noscript = Dafür muss JavaScript eingeschaltet sein
talk-noscript-text = Ihr Browser verschlüsselt das Gespräch selbst. Dafür braucht er JavaScript. Sie können auch anrufen: Die Nummer steht bei Ihrem Termin unter „Mein Termin“.
talk-noscript-host = Ihr Browser verschlüsselt das Gespräch selbst. Dafür braucht er JavaScript.
talk-old = Dieser Browser ist dafür zu alt
talk-old-text = Er kann das Gespräch nicht verschlüsseln. Nehmen Sie einen neueren Browser, oder rufen Sie an: Die Nummer steht bei Ihrem Termin.
talk-none = Hier fehlt der Weg zu Ihrem Gespräch.
talk-none-text = Öffnen Sie zuerst Ihren Termin: mit dem Link oder mit Code und PIN. Dort finden Sie den Knopf „Zum Gespräch“.
talk-none-host = Öffnen Sie das Gespräch bei Ihren Terminen unter „Gespräche“.
talk-own = Zu meinem Termin
talk-appointments = Termine

## Bevor es beginnt
talk-start = Gleich sind Sie im Wartezimmer. Von dort holt Sie die Beratungsstelle ins Gespräch.
talk-name = Wie möchten Sie genannt werden?
talk-name-hint = Ein ausgedachter Name reicht. Sie können den Vorschlag so lassen.
talk-names = Ahorn|Amsel|Birke|Buche|Distel|Eiche|Erle|Esche|Falke|Fichte|Hasel|Igel|Kiefer|Klee|Lärche|Lerche|Linde|Meise|Mohn|Möwe|Pappel|Reiher|Rotkehlchen|Salbei|Schwalbe|Tanne|Ulme|Weide|Wiesel|Zaunkönig
talk-enter = Ins Wartezimmer
talk-phone = Lieber telefonieren? Die Nummer der Stelle steht bei Ihrem Termin.
talk-protected = Was ist geschützt, und was nicht?
talk-protected-yes = Was Sie schreiben und schicken, verschlüsselt Ihr Browser. Lesen kann es nur, wer mit im Gespräch ist. Wir können es nicht lesen, und wir speichern nichts davon.
talk-protected-no = Nicht verbergen können wir, dass Ihr Gerät gerade mit uns verbunden ist. Außerdem kommt diese Seite von uns: Sie vertrauen darauf, dass wir sie nicht verändern.

## Wartezimmer
talk-wait = Sie sind im Wartezimmer
talk-wait-text = Lassen Sie diese Seite offen. Sie müssen nichts tun.
talk-wait-leave = Wartezimmer verlassen
talk-host-absent = Von der Stelle ist noch niemand da. Hier steht es, sobald sich das ändert.
talk-host-here = Die Stelle ist da und holt Sie gleich herein.
talk-held = Die Stelle hat Sie gesehen und bittet um etwas Geduld.
talk-minutes = { $count ->
    [0] Sie sind gerade gekommen.
    [one] Sie warten seit einer Minute.
   *[other] Sie warten seit { $count } Minuten.
}

## Im Gespräch
talk-heading = Gespräch
talk-log = Nachrichten
talk-message = Ihre Nachricht
talk-keys = Eingabetaste schickt ab, Umschalt und Eingabetaste macht eine neue Zeile.
talk-send = Abschicken
talk-file = Foto oder Datei schicken
talk-snippet = Textbaustein
talk-snippet-none = Baustein wählen
talk-snippet-hello = Guten Tag, schön, dass Sie da sind. Was führt Sie zu mir?
talk-snippet-moment = Einen Moment bitte, ich sehe kurz nach.
talk-snippet-number = Wenn die Verbindung abbricht: Ich bin bis zum Ende des Termins hier. Sie können auch anrufen.
talk-snippet-bye = Danke für Ihr Vertrauen. Alles Gute, und melden Sie sich, wenn Sie wieder etwas brauchen.
talk-you = Sie
talk-someone = Jemand
talk-connecting = Verbindung wird aufgebaut …
talk-connected = Verbunden und verschlüsselt
talk-reconnecting = Die Verbindung ist unterbrochen. Wir versuchen es weiter. Was Sie schreiben, geht danach hinaus.
talk-offline = Ihr Gerät hat gerade kein Internet. Was Sie schreiben, geht hinaus, sobald es wieder da ist.
talk-sending = wird gesendet
talk-sent = gesendet
talk-full = Einen Moment: Die andere Seite kommt gerade nicht nach.
talk-alarm = Achtung: Jemand hat an der Verschlüsselung etwas verändert. Schreiben Sie hier nichts Vertrauliches mehr. Rufen Sie an.
talk-lost = Eine Nachricht konnte nicht gelesen werden. Bitten Sie darum, sie noch einmal zu schicken.
talk-restarted = Das Gespräch wurde neu verbunden. Frühere Nachrichten stehen nur noch bei denen, die sie schon hatten.
talk-only-you = Außer Ihnen ist gerade niemand hier.
talk-empty = Schreiben Sie zuerst etwas.
talk-joined = { $name } ist jetzt im Gespräch.
talk-gone = { $name } hat das Gespräch verlassen.
talk-typing = { $name } schreibt …
talk-away = { $name } hat gerade keine Verbindung.
talk-back = { $name } ist wieder da.
talk-people = Im Gespräch: { $count }
talk-closing = { $count ->
    [one] Der Raum schließt in einer Minute.
   *[other] Der Raum schließt in { $count } Minuten.
}
talk-compare = Sicher, dass niemand mitliest?
talk-compare-text = Lesen Sie sich diese vier Wörter gegenseitig vor, zum Beispiel am Telefon. Sind sie gleich, liest niemand mit.
talk-compare-wait = Die Wörter erscheinen, sobald Sie zu zweit sind.
talk-compare-wrong = Sind sie verschieden, schreiben Sie hier nichts Vertrauliches und rufen Sie an.
talk-file-large = Die Datei ist zu groß. Es gehen Dateien bis 10 MB.
talk-file-kind = Diese Art von Datei geht nicht. Es gehen Fotos (JPEG, PNG, WebP), PDF und einfacher Text.
talk-file-broken = Die Datei ist nicht heil angekommen. Bitten Sie darum, sie noch einmal zu schicken.
talk-file-coming = kommt gerade an
talk-file-save = Speichern
talk-leave = Gespräch verlassen
talk-leave-text = Danach ist hier nichts mehr zu lesen. Bis der Raum schließt, können Sie über Ihren Termin zurückkommen.
talk-leave-now = Jetzt verlassen
talk-end-host = Gespräch beenden oder verlassen
talk-end-text = Beenden schließt den Raum für alle, und niemand kommt zurück. Verlassen Sie ihn nur, bleibt er offen.
talk-end = Für alle beenden

## Wer vor der Tür wartet (für Beratende)
talk-door = Wartezimmer
talk-door-nobody = Niemand wartet.
talk-knocks = { $name } wartet.
talk-admit = Hereinholen
talk-hold = Um Geduld bitten
talk-decline = Absagen
talk-remove = Aus dem Raum nehmen
talk-lock = Raum abschließen
talk-unlock = Raum aufschließen
talk-decline-text = Freundliche Worte dazu
talk-decline-kind = Leider kann ich heute nicht mit Ihnen sprechen. Bitte rufen Sie uns an, wir finden eine neue Zeit.
talk-decline-send = Absage schicken
talk-decline-back = Doch nicht

## Danach
talk-again = Noch einmal versuchen
talk-over-left = Sie haben das Gespräch verlassen
talk-over-left-text = Auf dieser Seite ist nichts davon übrig. Solange der Raum offen ist, können Sie zurückkommen.
talk-over-ended = Das Gespräch ist zu Ende
talk-over-ended-text = Die Stelle hat es beendet.
talk-over-closed = Die Zeit ist um
talk-over-closed-text = Der Raum hat sich geschlossen. Wenn Sie noch etwas besprechen wollen, machen Sie einen neuen Termin.
talk-over-revoked = Der Termin hat sich geändert
talk-over-revoked-text = Er wurde verschoben oder abgesagt. Unter „Mein Termin“ steht, was jetzt gilt.
talk-over-declined = Heute klappt es leider nicht
talk-over-declined-text = Die Stelle kann das Gespräch gerade nicht führen.
talk-over-removed = Sie sind nicht mehr im Raum
talk-over-removed-text = Die Stelle hat das Gespräch mit Ihnen beendet. Wenn Sie nicht verstehen, warum, rufen Sie dort an.
talk-over-elsewhere = Das Gespräch läuft an anderer Stelle
talk-over-elsewhere-text = Sie haben es in einem anderen Fenster oder auf einem anderen Gerät geöffnet. Dort geht es weiter.
talk-over-locked = Der Raum ist abgeschlossen
talk-over-locked-text = Gerade wird niemand eingelassen. Versuchen Sie es in ein paar Minuten noch einmal.
talk-over-crowded = Der Raum ist voll
talk-over-crowded-text = Versuchen Sie es in ein paar Minuten noch einmal.
talk-over-early = Der Raum ist noch nicht offen
talk-over-early-text = Er öffnet 15 Minuten vor dem Termin. Öffnen Sie dann Ihren Termin noch einmal.
talk-over-late = Die Zeit dieses Gesprächs ist vorbei
talk-over-late-text = Unter „Mein Termin“ oder in der Suche finden Sie einen neuen Termin.
talk-over-forged = Dieser Link öffnet kein Gespräch
talk-over-forged-text = Vielleicht fehlt ein Stück davon. Öffnen Sie Ihren Termin noch einmal und gehen Sie von dort ins Gespräch.
talk-over-version = Diese Seite ist nicht mehr aktuell
talk-over-version-text = Sie wurde gerade erneuert. Laden Sie sie neu, dann geht es weiter.
talk-over-trouble = Die Verbindung kommt nicht zustande
talk-over-trouble-text = Versuchen Sie es noch einmal. Hilft das nicht, rufen Sie an: Die Nummer steht bei Ihrem Termin.
talk-remains = Was bleibt
talk-remains-text = Von diesem Gespräch ist nichts gespeichert, weder bei uns noch auf Ihrem Gerät. Nur im Verlauf Ihres Browsers kann stehen, dass Sie hier waren. Schließen Sie dieses Fenster, wenn andere das Gerät benutzen.
talk-remains-host = Von diesem Gespräch ist nichts gespeichert. Was Sie für Ihre Arbeit brauchen, notieren Sie in Ihrer Akte.
talk-next-own = Meinen Termin ansehen
talk-next-find = Eine andere Stelle suchen
talk-next-crisis = Hilfe in einer Krise, rund um die Uhr
