# Gespräche am Arbeitsplatz: wer wartet, und der Weg hinein.
desk-talk-tab = Gespräche
desk-talk-text = Ihre Gespräche der nächsten zwölf Stunden. Der Raum öffnet 15 Minuten vor dem Termin und schließt 30 Minuten danach. Wer wartet, sehen nur Sie.
desk-talk-none = In den nächsten zwölf Stunden haben Sie keine Chats.
desk-talk-enter = Zum Gespräch
desk-talk-later = öffnet um { $time } Uhr
desk-talk-opens = Das Gespräch öffnet um { $time }.
desk-talk-colleague = Das Gespräch führt, wessen Termin es ist. Wollen Sie es führen, lassen Sie sich den Termin übergeben.
desk-talk-nobody = Raum offen, noch niemand da
desk-talk-talking = Gespräch läuft
desk-talk-waiting = { $count ->
    [one] Eine Person wartet
   *[other] { $count } Personen warten
}
desk-talk-since = { $minutes ->
    [0] gerade gekommen
    [one] seit einer Minute
   *[other] seit { $minutes } Minuten
}
desk-talk-news = { $count ->
    [0] Niemand wartet.
    [one] Eine Person wartet auf ein Gespräch.
   *[other] { $count } Personen warten auf ein Gespräch.
}
desk-talk-sound = Ton, wenn jemand kommt
desk-talk-notify = Hinweis des Browsers, wenn jemand kommt
desk-talk-offline = Die Liste ist gerade nicht auf dem neuesten Stand. Es wird weiter versucht.
desk-talk-reload = Laden Sie die Seite neu, um zu sehen, wer wartet. Für das Gespräch selbst muss JavaScript eingeschaltet sein.

# Offene Sprechstunde
desk-open-title = Offene Sprechstunde
desk-open-text = Zu diesen Zeiten können Ratsuchende ohne Termin mit Ihnen chatten. Feiertage und Schließzeiten gelten auch hier.
desk-open-none = Es ist keine offene Sprechstunde eingetragen.
desk-open-change = Sprechstunde ändern
desk-open-day = Wochentag
desk-open-day-none = kein Tag
desk-open-done = Die offene Sprechstunde ist gespeichert.
desk-open-wrong-day = Wählen Sie einen Wochentag, oder leeren Sie die Zeile.
desk-open-wrong-row = In einer Zeile stimmt etwas nicht. Dort steht, was.
desk-open-wrong-overlap = Zwei Zeiten an einem Tag überschneiden sich. Fassen Sie sie zusammen.
desk-open-wrong-many = Mehr als 30 Zeiten gehen nicht.
audit-booking-open-hours-set = Offene Sprechstunde geändert
desk-talk-queue = { $count ->
    [0] Gerade wartet niemand
    [one] Eine Person wartet
   *[other] { $count } Personen warten
}
desk-talk-queue-until = Geöffnet bis { $time }. Wer von Ihnen zuerst annimmt, spricht. Solange diese Seite offen ist, sehen die Wartenden, dass jemand da ist.
desk-talk-queue-take = Nächste Person annehmen
desk-talk-queue-nobody = Es wartet niemand mehr
desk-talk-queue-nobody-text = Eine Kollegin oder ein Kollege war schneller, oder die Person ist gegangen.
desk-talk-queue-nobody-next = Zu den Gesprächen

# Übergabe eines Gesprächs, das gerade läuft
desk-talk-handover = Übergabe von { $name }
desk-talk-handover-waits = Jemand möchte mit Ihnen weitersprechen
desk-talk-handover-text = Der Raum schließt um { $time }. Was bisher gesagt wurde, sehen Sie nicht.
desk-talk-handover-take = Gespräch übernehmen
desk-talk-handover-kept = Das Gespräch wird nicht mehr übergeben
desk-talk-handover-kept-text = Es wurde zurückgenommen, an jemand anderen übergeben, oder seine Zeit ist um.
