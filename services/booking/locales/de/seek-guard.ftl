### Für Ratsuchende, wenn gerade sehr viel los ist: kurz prüfen, kurz warten.

seek-wait-minutes =
    { $minutes ->
        [one] eine Minute
       *[other] { $minutes } Minuten
    }
seek-wait-hours =
    { $hours ->
        [one] eine Stunde
       *[other] { $hours } Stunden
    }

## Prüfen, bevor eine Zeit frei gehalten wird

seek-title-proof = Termin: einen Moment
seek-proof-heading = Einen Moment bitte
seek-proof-lead = Gerade fragen sehr viele nach Terminen. Wir prüfen kurz, damit kein Programm alle Zeiten wegnimmt. Über Sie erfahren wir dabei nichts.
seek-proof-working = Einen Moment bitte, wir prüfen … Es geht von selbst weiter.
seek-proof-longer = Auf diesem Gerät dauert es länger. Warten Sie, oder machen Sie so weiter:
seek-proof-done = Fertig. Es geht weiter.
seek-proof-tried = Von selbst hat es nicht geklappt. So geht es auch:
seek-proof-wait =
    { $seconds ->
        [one] Warten Sie eine Sekunde. Drücken Sie dann auf „Weiter“.
       *[other] Warten Sie { $seconds } Sekunden. Drücken Sie dann auf „Weiter“.
    }
seek-proof-next = Weiter
seek-proof-meeting = Diese Zeit haben Sie ausgesucht

## Zu viel auf einmal

seek-title-limited = Termin: bitte warten
seek-limited-times-heading = Bitte warten Sie etwas
seek-limited-times-text = Über Ihren Internet-Anschluss sind gerade sehr viele Termine ausgesucht worden, vielleicht von anderen. Warten Sie { $wait }. Drücken Sie dann auf „Weiter“. Ihre Angaben sind noch da.
seek-limited-times-next = Weiter
seek-limited-entries-text = Über Ihren Internet-Anschluss sind gerade sehr viele Einträge in Wartelisten gemacht worden, vielleicht von anderen. Warten Sie { $wait }. Drücken Sie dann auf „Weiter“. Ihre Angaben sind noch da.
seek-limited-walk-ins-text = Über Ihren Internet-Anschluss sind gerade sehr viele in offene Sprechstunden gekommen, vielleicht andere. Warten Sie { $wait }. Drücken Sie dann auf „Weiter“.
seek-limited-tries-heading = Zu viele Versuche
seek-limited-tries-text = Über Ihren Internet-Anschluss ist zu oft eine falsche PIN eingegeben worden, vielleicht von anderen. Warten Sie { $wait }. Drücken Sie dann auf „Weiter“.
seek-limited-tries-next = Weiter
seek-limited-tries-link = Mit dem Link von Ihrem Terminzettel oder aus der E-Mail kommen Sie sofort hinein:
seek-limited-moves-heading = Der Termin lässt sich gerade nicht verschieben
seek-limited-moves-text = Er ist in den letzten 24 Stunden schon mehrmals verschoben worden. Ihr Termin bleibt, wie er ist. So lange müssen Sie warten: { $wait }.
seek-limited-moves-next = Zurück zum Termin
seek-limited-call = Eilt es? Rufen Sie an:
seek-limited-call-centre = Eilt es? Rufen Sie die Stelle an, bei der Sie den Termin haben.
