### Startseite

start-title = Beratung finden
start-heading = Kostenlose Beratung in Ihrer Nähe
start-lead = Bei Schulden, bei Sucht, ohne Wohnung und in anderen schweren Zeiten. Schreiben Sie, was los ist. Wir zeigen Ihnen, wer hilft.
start-promise-free = kostenlos
start-promise-no-account = ohne Anmeldung
start-promise-anonymous = anonym: wir speichern nichts
start-topics-heading = Oder wählen Sie, was passt
start-topics-hint = Danach fragen wir nur noch nach dem Ort.
start-how-heading = So geht es
start-how-search = Sie suchen. Ein Ort oder eine Postleitzahl reicht.
start-how-contact = Sie rufen an oder schreiben. Die Stelle sagt Ihnen, ob Sie einen Termin brauchen.
start-how-talk = Eine Fachkraft hört Ihnen zu und hilft Ihnen weiter. Das Gespräch ist vertraulich.
start-more-traces = Welche Spuren bleiben auf diesem Gerät?
start-more-help = Wie funktioniert die Suche?
