# Mails about appointments. Plain text; subjects are neutral: no name of a centre, no topic.
mail-booking-greeting = Hello,
mail-booking-footer =
    --
    This mail was sent automatically. Please do not reply.

# To the person whose appointment it is.
mail-booking-requested =
    We have received your request for an appointment:

    { $facts }

    It is not agreed yet. We will write to you as soon as it is.

    Here you can see, change or withdraw your request:
    { $link }

    The link is only for you. Do not pass it on.
    .subject = Request: your appointment on { $date }
mail-booking-confirmed =
    Your appointment is agreed:

    { $facts }

    Here you can see, move or cancel it:
    { $link }

    The link is only for you. Do not pass it on.
    After the appointment we delete everything you told us.
    .subject = Your appointment on { $date }
mail-booking-moved =
    Your appointment has a new time:

    { $facts }

    Here you can see, move or cancel it:
    { $link }

    The link is only for you. Do not pass it on.
    .subject = New time: your appointment on { $date }
mail-booking-moved-request =
    Your request for an appointment has a new time:

    { $facts }

    It is not agreed yet. We will write to you as soon as it is.

    Here you can see, change or withdraw your request:
    { $link }

    The link is only for you. Do not pass it on.
    .subject = Request: your appointment on { $date }
mail-booking-cancelled =
    You have cancelled this appointment:

    { $facts }

    You need not do anything else. What you told us is deleted. We will now delete this mail address, too.

    Would you like another appointment later? You can look for one here:
    { $home }
    .subject = Cancelled: your appointment on { $date }
mail-booking-cancelled-by-centre =
    Unfortunately this appointment cannot take place:

    { $facts }

    We are sorry. What you told us is deleted. We will now delete this mail address, too.

    You can look for another appointment here:
    { $home }
    .subject = Cancelled: your appointment on { $date }
mail-booking-cancelled-by-centre-with-note =
    Unfortunately this appointment cannot take place:

    { $facts }

    Message about it:

    { $note }

    We are sorry. What you told us is deleted. We will now delete this mail address, too.

    You can look for another appointment here:
    { $home }
    .subject = Cancelled: your appointment on { $date }
mail-booking-reminder =
    We remind you of your appointment:

    { $facts }

    You cannot come? Here you can move or cancel it:
    { $link }

    The link is only for you. Do not pass it on.
    .subject = Reminder: your appointment on { $date }

# To the person who waits for an earlier appointment.
mail-booking-waiting-confirm =
    Somebody gave this mail address to hear when an earlier appointment becomes free.

    Was it you? Then confirm it here:
    { $link }

    This is not a booking. Whoever books first gets the appointment.
    Was it not you? Then you need not do anything. We will not write again, and we delete this mail address after 24 hours.
    .subject = Please confirm your mail address
mail-booking-waiting-earlier =
    An earlier appointment is free:

    { $facts }

    Here you get to the free times. There you can also take yourself off the waiting list:
    { $link }

    Do you have an appointment already? Then move it under “My appointment”.
    This is not a booking. Everybody on the waiting list gets this mail. Whoever books first gets the appointment.
    { $left ->
        [0] This was the last mail. We delete this mail address now.
        [1] You will get one more such mail at most.
       *[other] You will get { $left } more such mails at most.
    }
    .subject = An earlier appointment is free

# To the centre.
mail-booking-centre-requested =
    Somebody would like an appointment. Please agree or decline:

    { $facts }

    What the person told you is not in this mail. You find it at your workplace:
    { $desk }
    .subject = Request for { $date }, { $time }
mail-booking-centre-unanswered =
    This request is still waiting for your answer. Please agree or decline soon:

    { $facts }

    Without an answer the appointment does not take place. You find the request at your workplace:
    { $desk }
    .subject = Still open: request for { $date }, { $time }
mail-booking-centre-confirmed =
    This appointment is agreed:

    { $facts }

    What the person told you is not in this mail. You find it at your workplace:
    { $desk }
    .subject = Appointment on { $date }, { $time }
mail-booking-centre-moved =
    This appointment has a new time, another person or another room:

    { $facts }

    What the person told you is not in this mail. You find it at your workplace:
    { $desk }
    .subject = Changed: appointment on { $date }, { $time }
mail-booking-centre-cancelled =
    This appointment was cancelled:

    { $facts }

    You find your appointments at your workplace:
    { $desk }
    .subject = Cancelled: appointment on { $date }, { $time }
mail-booking-centre-cancelled-by-centre =
    Your centre has cancelled this appointment:

    { $facts }

    You find your appointments at your workplace:
    { $desk }
    .subject = Cancelled: appointment on { $date }, { $time }

# Lines of all mails.
mail-booking-when = When: { $weekday }, { $date } { $year }, { $from } to { $to }
mail-booking-how = How: { $mode }
mail-booking-where = Where: { $place }
mail-booking-offer = Offer: { $name }
mail-booking-with = Who: { $name }
mail-booking-room = Room: { $name }
mail-booking-date = { $day } { $month }
mail-booking-time = { $time }
mail-booking-time-summer = { $time } (summer time)
mail-booking-time-winter = { $time } (winter time)

mail-booking-mode-in_person = in person
mail-booking-mode-phone = by phone
mail-booking-mode-video = by video
mail-booking-mode-chat = by chat

mail-booking-calendar = Appointment

mail-booking-weekday-1 = Monday
mail-booking-weekday-2 = Tuesday
mail-booking-weekday-3 = Wednesday
mail-booking-weekday-4 = Thursday
mail-booking-weekday-5 = Friday
mail-booking-weekday-6 = Saturday
mail-booking-weekday-7 = Sunday
mail-booking-month-1 = January
mail-booking-month-2 = February
mail-booking-month-3 = March
mail-booking-month-4 = April
mail-booking-month-5 = May
mail-booking-month-6 = June
mail-booking-month-7 = July
mail-booking-month-8 = August
mail-booking-month-9 = September
mail-booking-month-10 = October
mail-booking-month-11 = November
mail-booking-month-12 = December
