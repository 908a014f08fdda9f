# Mails zu Terminen. Reiner Text; Betreffzeilen sind neutral: kein Name einer Stelle, kein Thema.
mail-booking-greeting = Guten Tag,
mail-booking-footer =
    --
    Diese Mail wurde automatisch verschickt. Bitte antworten Sie nicht darauf.

# An die Person, die den Termin hat.
mail-booking-requested =
    wir haben Ihre Anfrage für einen Termin bekommen:

    { $facts }

    Der Termin gilt noch nicht. Wir schreiben Ihnen, sobald er zugesagt ist.

    Hier können Sie die Anfrage ansehen, ändern oder zurückziehen:
    { $link }

    Der Link ist nur für Sie. Geben Sie ihn nicht weiter.
    .subject = Anfrage: Ihr Termin am { $date }
mail-booking-confirmed =
    Ihr Termin steht fest:

    { $facts }

    Hier können Sie den Termin ansehen, verschieben oder absagen:
    { $link }

    Der Link ist nur für Sie. Geben Sie ihn nicht weiter.
    Nach dem Termin löschen wir alles, was Sie angegeben haben.
    .subject = Ihr Termin am { $date }
mail-booking-moved =
    Ihr Termin hat eine neue Zeit:

    { $facts }

    Hier können Sie den Termin ansehen, verschieben oder absagen:
    { $link }

    Der Link ist nur für Sie. Geben Sie ihn nicht weiter.
    .subject = Neue Zeit: Ihr Termin am { $date }
mail-booking-moved-request =
    Ihre Anfrage für einen Termin hat eine neue Zeit:

    { $facts }

    Der Termin gilt noch nicht. Wir schreiben Ihnen, sobald er zugesagt ist.

    Hier können Sie die Anfrage ansehen, ändern oder zurückziehen:
    { $link }

    Der Link ist nur für Sie. Geben Sie ihn nicht weiter.
    .subject = Anfrage: Ihr Termin am { $date }
mail-booking-cancelled =
    Sie haben diesen Termin abgesagt:

    { $facts }

    Sie müssen nichts weiter tun. Was Sie angegeben haben, ist gelöscht. Auch diese Mail-Adresse löschen wir jetzt.

    Möchten Sie später einen neuen Termin? Hier können Sie einen suchen:
    { $home }
    .subject = Abgesagt: Ihr Termin am { $date }
mail-booking-cancelled-by-centre =
    dieser Termin kann leider nicht stattfinden:

    { $facts }

    Das tut uns leid. Was Sie angegeben haben, ist gelöscht. Auch diese Mail-Adresse löschen wir jetzt.

    Hier können Sie einen anderen Termin suchen:
    { $home }
    .subject = Abgesagt: Ihr Termin am { $date }
mail-booking-cancelled-by-centre-with-note =
    dieser Termin kann leider nicht stattfinden:

    { $facts }

    Nachricht dazu:

    { $note }

    Das tut uns leid. Was Sie angegeben haben, ist gelöscht. Auch diese Mail-Adresse löschen wir jetzt.

    Hier können Sie einen anderen Termin suchen:
    { $home }
    .subject = Abgesagt: Ihr Termin am { $date }
mail-booking-reminder =
    wir erinnern Sie an Ihren Termin:

    { $facts }

    Können Sie nicht kommen? Hier können Sie den Termin verschieben oder absagen:
    { $link }

    Der Link ist nur für Sie. Geben Sie ihn nicht weiter.
    .subject = Erinnerung: Ihr Termin am { $date }

# An die Person, die auf einen früheren Termin wartet.
mail-booking-waiting-confirm =
    jemand hat diese Mail-Adresse angegeben, um zu erfahren, wann ein früherer Termin frei wird.

    Waren Sie das? Dann bestätigen Sie es hier:
    { $link }

    Das ist keine Buchung. Wer zuerst bucht, bekommt den Termin.
    Waren Sie es nicht? Dann müssen Sie nichts tun. Wir schreiben nicht mehr und löschen diese Mail-Adresse nach 24 Stunden.
    .subject = Bitte bestätigen Sie Ihre Mail-Adresse
mail-booking-waiting-earlier =
    ein früherer Termin ist frei:

    { $facts }

    Hier kommen Sie zu den freien Zeiten. Dort können Sie sich auch von der Warteliste streichen:
    { $link }

    Haben Sie schon einen Termin? Dann verschieben Sie ihn unter „Mein Termin“.
    Das ist keine Buchung. Alle auf der Warteliste bekommen diese Mail. Wer zuerst bucht, bekommt den Termin.
    { $left ->
        [0] Das war die letzte Mail. Diese Mail-Adresse löschen wir jetzt.
        [1] Sie bekommen höchstens noch eine solche Mail.
       *[other] Sie bekommen höchstens noch { $left } solche Mails.
    }
    .subject = Ein früherer Termin ist frei

# An die Stelle.
mail-booking-centre-requested =
    jemand möchte einen Termin. Bitte sagen Sie zu oder ab:

    { $facts }

    Angaben der Person stehen nicht in dieser Mail. Sie finden sie an Ihrem Arbeitsplatz:
    { $desk }
    .subject = Anfrage für { $date }, { $time }
mail-booking-centre-unanswered =
    diese Anfrage wartet noch auf Ihre Antwort. Bitte sagen Sie bald zu oder ab:

    { $facts }

    Ohne Antwort findet der Termin nicht statt. Sie finden die Anfrage an Ihrem Arbeitsplatz:
    { $desk }
    .subject = Noch offen: Anfrage für { $date }, { $time }
mail-booking-centre-confirmed =
    dieser Termin steht fest:

    { $facts }

    Angaben der Person stehen nicht in dieser Mail. Sie finden sie an Ihrem Arbeitsplatz:
    { $desk }
    .subject = Termin am { $date }, { $time }
mail-booking-centre-moved =
    dieser Termin hat eine neue Zeit, eine andere Person oder einen anderen Raum:

    { $facts }

    Angaben der Person stehen nicht in dieser Mail. Sie finden sie an Ihrem Arbeitsplatz:
    { $desk }
    .subject = Geändert: Termin am { $date }, { $time }
mail-booking-centre-cancelled =
    dieser Termin wurde abgesagt:

    { $facts }

    Sie finden Ihre Termine an Ihrem Arbeitsplatz:
    { $desk }
    .subject = Abgesagt: Termin am { $date }, { $time }
mail-booking-centre-cancelled-by-centre =
    Ihre Stelle hat diesen Termin abgesagt:

    { $facts }

    Sie finden Ihre Termine an Ihrem Arbeitsplatz:
    { $desk }
    .subject = Abgesagt: Termin am { $date }, { $time }

# Zeilen in allen Mails.
mail-booking-when = Wann: { $weekday }, { $date } { $year }, { $from } bis { $to } Uhr
mail-booking-how = Wie: { $mode }
mail-booking-where = Wo: { $place }
mail-booking-offer = Angebot: { $name }
mail-booking-with = Wer: { $name }
mail-booking-room = Raum: { $name }
mail-booking-date = { $day }. { $month }
mail-booking-time = { $time } Uhr
mail-booking-time-summer = { $time } (Sommerzeit)
mail-booking-time-winter = { $time } (Winterzeit)

mail-booking-mode-in_person = persönlich
mail-booking-mode-phone = am Telefon
mail-booking-mode-video = per Video
mail-booking-mode-chat = per Chat

mail-booking-calendar = Termin

mail-booking-weekday-1 = Montag
mail-booking-weekday-2 = Dienstag
mail-booking-weekday-3 = Mittwoch
mail-booking-weekday-4 = Donnerstag
mail-booking-weekday-5 = Freitag
mail-booking-weekday-6 = Samstag
mail-booking-weekday-7 = Sonntag
mail-booking-month-1 = Januar
mail-booking-month-2 = Februar
mail-booking-month-3 = März
mail-booking-month-4 = April
mail-booking-month-5 = Mai
mail-booking-month-6 = Juni
mail-booking-month-7 = Juli
mail-booking-month-8 = August
mail-booking-month-9 = September
mail-booking-month-10 = Oktober
mail-booking-month-11 = November
mail-booking-month-12 = Dezember
