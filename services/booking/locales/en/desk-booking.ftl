## Appointments at the workplace: lists, single appointments, hours, settings

desk-booking-nav = Appointments
desk-booking-tabs = Appointments of the centre
desk-booking-phone-tab = New appointment
desk-booking-hours-tab = Hours
desk-booking-numbers-tab = Numbers
desk-booking-settings-tab = Settings

## Days and times

desk-booking-weekday =
    { $weekday ->
        [1] Monday
        [2] Tuesday
        [3] Wednesday
        [4] Thursday
        [5] Friday
        [6] Saturday
       *[7] Sunday
    }
desk-booking-month =
    { $month ->
        [1] January
        [2] February
        [3] March
        [4] April
        [5] May
        [6] June
        [7] July
        [8] August
        [9] September
        [10] October
        [11] November
       *[12] December
    }
desk-booking-day = { desk-booking-weekday }, { $day } { desk-booking-month } { $year }
desk-booking-day-short =
    { $weekday ->
        [1] Mon
        [2] Tue
        [3] Wed
        [4] Thu
        [5] Fri
        [6] Sat
       *[7] Sun
    } { $two }/{ $number }/{ $year }
desk-booking-month-year = { desk-booking-month } { $year }
desk-booking-week-title = Week { $week }, { $year }
desk-booking-time = { $time }
desk-booking-time-first = { $time } (summer time)
desk-booking-time-second = { $time } (winter time)
desk-booking-span = { $from } – { $to }
desk-booking-o-clock = { $time }

## Words for an appointment

desk-booking-when = When
desk-booking-offer = Offer
desk-booking-offer-gone = Offer no longer in the directory
desk-booking-mode = Mode
desk-booking-mode-in-person = in person
desk-booking-mode-phone = by phone
desk-booking-mode-video = by video
desk-booking-mode-chat = by chat
desk-booking-counsellor = Counsellor
desk-booking-room = Room
desk-booking-state = State
desk-booking-state-requested = waiting to be confirmed
desk-booking-state-unanswered = not confirmed
desk-booking-state-confirmed = confirmed
desk-booking-state-over = over
desk-booking-state-cancelled = cancelled
desk-booking-state-kept = came
desk-booking-state-missed = did not come
desk-booking-contact = Details
desk-booking-contact-there = yes

## Choice of the centre

desk-booking-centres-choose = Which centre’s appointments would you like to see?
desk-booking-centres-none = You do not work at any centre
desk-booking-centres-none-text = Counsellors and managers see the appointments of their centre. Your manager can invite you.

## List, day, week, month

desk-booking-list-title = Appointments: { $what }
desk-booking-views = View
desk-booking-view-list = List
desk-booking-view-day = Day
desk-booking-view-team = Team
desk-booking-view-week = Week
desk-booking-view-month = Month
desk-booking-previous = Back
desk-booking-today = Today
desk-booking-next = Next
desk-booking-from-day = From day
desk-booking-who = Who
desk-booking-everybody = Everybody
desk-booking-show = Show
desk-booking-hour = Time
desk-booking-closed = closed
desk-booking-month-count =
    { $count ->
        [one] { $count } appointment
       *[other] { $count } appointments
    }
desk-booking-month-requests =
    { $count ->
        [one] { $count } request
       *[other] { $count } requests
    }
desk-booking-list-empty = There are no appointments in this time.
desk-booking-waiting =
    { $count ->
        [one] One request is waiting
       *[other] { $count } requests are waiting
    }
desk-booking-waiting-text = A request without an answer does not become an appointment. Answer urgent ones first.
desk-booking-waiting-urgent = urgent
desk-booking-waited-hours =
    { $hours ->
        [0] for less than an hour
        [one] for an hour
       *[other] for { $hours } hours
    }
desk-booking-waited-days = for { $days } days
desk-booking-gaps =
    { $count ->
        [one] One appointment is outside of the hours
       *[other] { $count } appointments are outside of the hours
    }
desk-booking-gaps-text = These appointments still hold. Move them, hand them over or cancel them if they cannot take place.
desk-booking-gap-no-counsellor = The person is switched off for appointments
desk-booking-gap-no-rule = No hours at this time
desk-booking-gap-absence = Absence
desk-booking-gap-room = The room is blocked
desk-booking-gap-closure = The centre is closed
desk-booking-gap-holiday = Public holiday
desk-booking-gap-mode = The offer would no longer have this mode
desk-booking-gap-length = The offer would take longer or shorter
desk-booking-gap-other-room = The room would no longer belong to the offer
desk-booking-gap-seat = The group would have fewer places
desk-booking-setup-title = Nobody can book an appointment with you yet
desk-booking-setup-text = You need two things: an offer that can be booked, and hours.
desk-booking-setup-link = Set up appointments
desk-booking-enter-hours = Enter your own hours

## One appointment

desk-booking-one-title = { $day }, { $time }
desk-booking-confirm = Confirm
desk-booking-decline = Decline
desk-booking-cancel = Cancel appointment
desk-booking-move = Move
desk-booking-said = What the person told us
desk-booking-said-hidden = The person told us something. If you open it, we note who opened it and when, with the offer and the day. We do not note what it says.
desk-booking-said-show = Open the details
desk-booking-said-none = The person told us nothing, or it is already deleted.
desk-booking-said-name = Name
desk-booking-said-phone = Phone
desk-booking-said-mail = E-mail
desk-booking-said-note = What it is about
desk-booking-said-rule = This is deleted after the appointment, and at once when it is cancelled.
desk-booking-hand-over = Hand over
desk-booking-colleague = To whom
desk-booking-attendance = Did the person come?
desk-booking-attendance-text = This only counts for the numbers. Nothing is kept about the person.
desk-booking-kept = Came
desk-booking-missed = Did not come
desk-booking-cancel-title = Cancel the appointment?
desk-booking-decline-title = Decline the request?
desk-booking-cancel-told = The person gets an e-mail that the appointment will not take place.
desk-booking-cancel-untold = The person gets no e-mail from us. They see the cancellation only if they look with code and PIN. If they gave a phone number, call them first.
desk-booking-cancel-note = Message to the person
desk-booking-cancel-note-told = Stands in the e-mail and on the page “My appointment”. Others may read e-mails: write nothing about the person’s concern. At most { $most } characters. Deleted when the appointment would be over.
desk-booking-cancel-note-untold = The message stands on the page “My appointment” until the appointment would be over. Then it is deleted. At most { $most } characters.
desk-booking-cancel-forgets = What the person told us is deleted at once. This cannot be undone.
desk-booking-cancel-changed = Somebody changed this appointment meanwhile. It is not cancelled yet. Your message is still there. Check whether it is still right.
desk-booking-move-title = Move the appointment
desk-booking-move-from = Until now:
desk-booking-later-days = Later days
desk-booking-no-times = There are no free times for this mode.

## Why nothing was done

desk-booking-stop-saved = Not saved
desk-booking-stop-saved-text = Somebody else saved meanwhile. Your change was not made. Look at how it is now, then change it again.
desk-booking-stop-saved-next = Look at how it is now
desk-booking-stop-changed = The appointment has changed
desk-booking-stop-changed-text = Somebody changed this appointment meanwhile. Your change was not made. Look at how it is now.
desk-booking-stop-closed = This is no longer possible
desk-booking-stop-closed-text = The appointment has begun, is over or cancelled. Nothing was changed.
desk-booking-stop-appointment-next = Look at the appointment
desk-booking-stop-taken = This time is taken
desk-booking-stop-taken-text = The time is no longer free. Nothing was changed.
desk-booking-stop-taken-next = Back
desk-booking-stop-switched-off = This person takes no appointments at the moment
desk-booking-stop-switched-off-text = They are switched off for appointments. The appointment was not handed over. Choose somebody else.
desk-booking-stop-gone = There is no such appointment
desk-booking-stop-gone-text = Appointments that are over are deleted. Nothing remains of them.
desk-booking-stop-gone-next = To the appointments

## An appointment on the phone

desk-booking-phone-title = Book for somebody
desk-booking-phone-lead = For people who call or come by. No notice is needed here, and you can book further ahead. What you book here is confirmed at once.
desk-booking-phone-times = Show free times
desk-booking-phone-none = No offer can be booked yet. The manager can change this under “Settings”.
desk-booking-phone-anybody = Whoever is free
desk-booking-phone-mail = E-mail for confirmation and reminders
desk-booking-phone-mail-hint = Only if the person wants it. Ask whether anybody else reads her e-mails. The address is deleted after the last message.
desk-booking-phone-language = Language of the messages
desk-booking-phone-language-hint = We write to the person in it, and the link opens in it.
desk-booking-phone-taken = Somebody else has just booked this time. What you wrote is still there. Choose another time.
desk-booking-phone-who = Who is the appointment for?
desk-booking-phone-name-hint = A first name or an invented name is enough.
desk-booking-phone-book = Book appointment
desk-booking-phone-other-time = Another time
desk-booking-receipt-title = Appointment booked
desk-booking-receipt-text = Read out the code and the PIN. We cannot show them again later.
desk-booking-receipt-code = Code
desk-booking-receipt-pin = PIN
desk-booking-receipt-how = With code and PIN the person can see, move and cancel the appointment on the page “My appointment”.
desk-booking-receipt-link = Or with this link. It opens the appointment without code and PIN:
desk-booking-receipt-mails = A confirmation with this link goes to the person’s e-mail address.
desk-booking-receipt-open = Open the appointment
desk-booking-texts = Texts for people seeking help
desk-booking-texts-hint = They stand on the confirmation, in print and under “My appointment”. At most { $most } characters each. Write them in German.
desk-booking-bring = What to bring
desk-booking-bring-hint = For example letters, notices, an identity card.
desk-booking-arrival = How to get there
desk-booking-arrival-hint = Entrance, floor, bell. Shown for appointments in person only.
desk-booking-data = What happens with the details
desk-booking-data-hint = What you write down yourselves and for how long. What this program deletes is said already.

## Settings of an offer

desk-booking-offer-title = Booking: { $offer }
desk-booking-offer-link = The directory has a link for this offer
desk-booking-offer-link-text = Do people book appointments there already? Then leave booking switched off here: we lead them there by the link. Otherwise the same time is given away in two places.
desk-booking-offer-nobody = Nobody has entered hours yet. Without hours there are no free times.
desk-booking-offer-bookable = This offer can be booked online
desk-booking-offer-bookable-hint = If you switch it off, appointments that are booked stay.
desk-booking-offer-agreement = How does a booking become an appointment?
desk-booking-offer-instant = At once
desk-booking-offer-instant-hint = The appointment holds as soon as somebody books it.
desk-booking-offer-centre = When you confirm
desk-booking-offer-centre-hint = The time is kept free until you confirm or decline.
desk-booking-offer-modes = How can the appointment take place?
desk-booking-offer-times = Length and distance
desk-booking-minutes-hint = Minutes, in steps of 5
desk-booking-offer-length = Length
desk-booking-offer-step = Begins every
desk-booking-offer-step-hint = Minutes: 30 means 9:00, 9:30, 10:00
desk-booking-offer-before = Buffer before
desk-booking-offer-after = Buffer after
desk-booking-offer-notice = Notice
desk-booking-offer-notice-hint = Hours there must be between booking and appointment
desk-booking-offer-horizon = Can be booked ahead
desk-booking-offer-horizon-hint = Days, at most 366
desk-booking-offer-limits = Places, limits, rooms
desk-booking-offer-capacity = Places
desk-booking-offer-capacity-hint = 1 for a talk in private, more for a group
desk-booking-offer-limit-person = At most per counsellor and day
desk-booking-offer-limit-day = At most per day
desk-booking-offer-limit-hint = Empty means no limit
desk-booking-offer-rooms = Rooms
desk-booking-offer-rooms-hint = An appointment in person takes one of them. Without a choice no room is taken.
desk-booking-offer-asks = What do you ask?
desk-booking-offer-asks-hint = The less you ask, the more people dare to come.
desk-booking-ask-name = Name
desk-booking-ask-name-nothing = Do not ask
desk-booking-ask-name-pseudonym = If wanted, also an invented name
desk-booking-ask-name-full = First and last name needed
desk-booking-ask-mail = E-mail for the counsellor
desk-booking-ask-phone = Phone
desk-booking-ask-no = Do not ask
desk-booking-ask-if-wanted = If wanted
desk-booking-ask-needed = Needed
desk-booking-ask-note = Ask what it is about (if wanted)
desk-booking-offer-waiting = Waiting list: seekers can ask to be told when an earlier appointment becomes free
desk-booking-offer-waiting-hint = Everybody on the list gets the same mail, three at most. Who books first gets the appointment.
desk-booking-offer-reminders = Reminders
desk-booking-offer-reminders-hint = Hours before the appointment, with commas, at most three: 48, 2. Only for people who want it.
desk-booking-offer-forget = Delete and release
desk-booking-offer-grace = Delete details after
desk-booking-offer-grace-hint = Hours after the end of the appointment, 0 to 24
desk-booking-offer-release = A cancelled time is free again after
desk-booking-offer-release-hint = Minutes, 0 means at once
desk-booking-save = Save
desk-booking-look-save = Save this
desk-booking-look-again = Renew the preview
desk-booking-differs = This is not what is saved
desk-booking-differs-text = If you save, what you wrote holds. Saved now is:
desk-booking-differs-empty = empty
desk-booking-differs-saved = See what is saved, without what you entered

## What is wrong with a field

desk-booking-wrong-number = Write a number from 0 to { $most }.
desk-booking-wrong-minutes = Write minutes in steps of 5, at most 1440.
desk-booking-wrong-length = The appointment needs a length.
desk-booking-wrong-step = The step must be more than 0.
desk-booking-wrong-mode = Choose at least one mode.
desk-booking-wrong-place = There must be at least one place.
desk-booking-wrong-horizon = At most 366 days.
desk-booking-wrong-notice = The notice is longer than the time in which people can book.
desk-booking-wrong-limit = A limit must be at least 1. Leave the field empty if there is none.
desk-booking-wrong-grace = At most 24 hours.
desk-booking-wrong-text = At most { $most } characters.
desk-booking-wrong-reminders = Write up to three numbers from 1 to 336, with commas.
desk-booking-wrong-land = Choose the Land whose public holidays apply.
desk-booking-wrong-holiday = No single municipality of this state has this public holiday. Remove the tick or choose another state.
desk-booking-wrong-mail = This is not an e-mail address. Example: termine@stelle.example
desk-booking-wrong-person-mail = This is not an e-mail address. Example: name@example.org
desk-booking-wrong-date = Choose a day.
desk-booking-wrong-dates = Write days like 24.12.2026, with commas.
desk-booking-wrong-time = Write a time like 09:30, in steps of 5 minutes.
desk-booking-wrong-range = The end must be after the begin.
desk-booking-wrong-every = Choose 1 to 8 weeks.
desk-booking-wrong-name = Write a name of at most 100 characters.
desk-booking-wrong-person = At most 80 characters.
desk-booking-wrong-phone = This is not a phone number. Example: 0761 123456

## Settings of the centre

desk-booking-settings-title = Set up appointments
desk-booking-switch = Online booking of the centre
desk-booking-switch-is-on = switched on
desk-booking-switch-is-off = switched off
desk-booking-switch-on-text = People seeking help can book the offers that are bookable below.
desk-booking-switch-off-text = People seeking help can book nothing new. They see your phone number instead. Booked appointments still hold and can be moved and cancelled. You can still enter appointments for people on the phone.
desk-booking-switch-on = Switch online booking on
desk-booking-switch-off = Switch online booking off
desk-booking-settings-offers = Offers
desk-booking-bookable = can be booked
desk-booking-not-bookable = cannot be booked
desk-booking-switched-off = switched off
desk-booking-settings-people = Counsellors
desk-booking-settings-people-text = Whoever takes appointments enters herself or himself under “Hours”.
desk-booking-enter-myself = Enter me
desk-booking-settings-rooms = Rooms
desk-booking-settings-rooms-text = Only needed if several people share a room.
desk-booking-room-name = Name of the room
desk-booking-room-add = Add room
desk-booking-name = Name
desk-booking-change = Change
desk-booking-hours = Hours
desk-booking-resource-room = Change room
desk-booking-resource-person = Change counsellor
desk-booking-resource-active = Can be booked
desk-booking-resource-active-hint = If you switch this off, appointments that are booked stay.
desk-booking-settings-closures = Closures
desk-booking-settings-closures-none = No closures entered.
desk-booking-closure-add = New closure
desk-booking-closure-hint = Without times it is whole days. Without a last day it is one day.
desk-booking-closure-save = Enter closure
desk-booking-closure-remove = Remove this closure?
desk-booking-first-day = First day
desk-booking-last-day = Last day
desk-booking-from-time = From
desk-booking-to-time = To
desk-booking-remove = Remove
desk-booking-settings-general = Public holidays and calendar files
desk-booking-holidays-closed = Closed on public holidays
desk-booking-land = Land
desk-booking-land-none = Not chosen
desk-booking-land-01 = Schleswig-Holstein
desk-booking-land-02 = Hamburg
desk-booking-land-03 = Lower Saxony
desk-booking-land-04 = Bremen
desk-booking-land-05 = North Rhine-Westphalia
desk-booking-land-06 = Hesse
desk-booking-land-07 = Rhineland-Palatinate
desk-booking-land-08 = Baden-Württemberg
desk-booking-land-09 = Bavaria
desk-booking-land-10 = Saarland
desk-booking-land-11 = Berlin
desk-booking-land-12 = Brandenburg
desk-booking-land-13 = Mecklenburg-Western Pomerania
desk-booking-land-14 = Saxony
desk-booking-land-15 = Saxony-Anhalt
desk-booking-land-16 = Thuringia
desk-booking-holidays-municipal = Public holidays of some municipalities only
desk-booking-holidays-municipal-hint = Choose what applies in your municipality.
desk-booking-holiday-peace-of-augsburg = Peace of Augsburg
desk-booking-holiday-assumption = Assumption Day
desk-booking-holiday-corpus-christi = Corpus Christi
desk-booking-centre-mail = E-mail for calendar files
desk-booking-centre-mail-hint = A calendar file goes there for every booking, change and cancellation. It names no person.

## Hours

desk-booking-own-text = If you enter yourself, you can set your hours. Only then can people book appointments with you.
desk-booking-hours-title = Hours: { $name }
desk-booking-hours-off = Switched off for appointments. The manager can change this under “Settings”.
desk-booking-hours-nothing-bookable = No offer of the centre can be booked yet. Hours take effect as soon as the manager opens one.
desk-booking-rules = Regular and single times
desk-booking-rule = Time
desk-booking-rules-none = No hours entered yet.
desk-booking-rule-add = Add hours
desk-booking-rule-weekly = Every week on { desk-booking-weekday }
desk-booking-rule-every = Every { $every } weeks on { desk-booking-weekday }
desk-booking-rule-monthly =
    { $nth ->
        [first] Every first
        [second] Every second
        [third] Every third
        [fourth] Every fourth
        [fifth] Every fifth
       *[last] Every last
    } { desk-booking-weekday } of the month
desk-booking-rule-only-for = Only for
desk-booking-rule-valid-from = from { $from }
desk-booking-rule-valid-both = { $from } to { $to }
desk-booking-rule-except = not on
desk-booking-absences = Absences
desk-booking-absences-none = No absences entered.
desk-booking-absence-add = Add absence
desk-booking-absence-title = Absence: { $name }
desk-booking-absence-save = Save absence
desk-booking-blocks = Blocked times
desk-booking-blocks-title = Blocked times: { $name }
desk-booking-blocks-off = This room is switched off and not used.
desk-booking-blocks-none = No blocked times entered.
desk-booking-block-add = Add a blocked time
desk-booking-block-title = Blocked time: { $name }
desk-booking-block-save = Save the blocked time
desk-booking-rule-title = Add hours: { $name }
desk-booking-rule-change-title = Change hours: { $name }
desk-booking-rule-saved = Saved is:
desk-booking-rule-pattern = How often?
desk-booking-pattern-weekly = On a weekday, every week or every few weeks
desk-booking-pattern-monthly = On a certain weekday of the month
desk-booking-pattern-once = Once
desk-booking-rule-days = On which days?
desk-booking-rule-days-hint = Fill in only what belongs to your choice.
desk-booking-rule-weekday = Weekday
desk-booking-rule-weeks = Every … weeks
desk-booking-rule-nth = Which one of the month
desk-booking-nth-first = the first
desk-booking-nth-second = the second
desk-booking-nth-third = the third
desk-booking-nth-fourth = the fourth
desk-booking-nth-fifth = the fifth
desk-booking-nth-last = the last
desk-booking-rule-date = Day, if once
desk-booking-rule-modes = How can people meet you then?
desk-booking-rule-offers = For which offers?
desk-booking-rule-offers-hint = Without a choice, for all.
desk-booking-rule-validity = From when until when does it hold?
desk-booking-rule-from = Holds from
desk-booking-rule-until = Holds until
desk-booking-rule-not-on = Not on these days
desk-booking-rule-not-on-hint = Days like 24.12.2026, with commas
desk-booking-look = Show preview
desk-booking-rule-save = Save hours
desk-booking-look-title = Preview
desk-booking-look-below = Nothing is saved yet. Further down you see what would change.
desk-booking-look-go = To the preview
desk-booking-look-text = Nothing is saved yet. This would change in the next { $weeks } weeks:
desk-booking-look-stale = Somebody else saved meanwhile. What you entered is still there, but not saved. Here you see what it would change now.
desk-booking-look-typed = Something has changed since the preview. Here is the new one. Save if it is right.
desk-booking-look-conflicts =
    { $count ->
        [one] One appointment would be outside of the hours
       *[other] { $count } appointments would be outside of the hours
    }
desk-booking-look-conflicts-text = These appointments stay. Decide yourself afterwards what happens with them.
desk-booking-look-added =
    { $count ->
        [0] No new free times
        [one] One new free time
       *[other] { $count } new free times
    }
desk-booking-look-removed =
    { $count ->
        [0] No free time goes
        [one] One free time goes
       *[other] { $count } free times go
    }
desk-booking-look-more =
    { $days ->
        [one] and on one more day
       *[other] and on { $days } more days
    }
desk-booking-remove-title = Remove: { $name }
desk-booking-remove-rule = Remove these hours?
desk-booking-remove-absence = Remove this absence?
desk-booking-remove-block = Remove this blocked time?
desk-booking-remove-keeps = Appointments that are booked stay.

## Numbers

desk-booking-numbers-title = Numbers { $year }
desk-booking-numbers-text = Counts by month and offer, by the day of the appointment. Nothing is kept about persons. Counts are deleted after 400 days.
desk-booking-numbers-none = Nothing has been counted in this year yet.
desk-booking-numbers-days = By day
desk-booking-numbers-file = Download as a table
desk-booking-numbers-year = Whole year
desk-booking-numbers-month-title = Numbers { $month }
desk-booking-numbers-month-text = Counts by day and offer, by the day of the appointment. Nothing is kept about persons.
desk-booking-numbers-month-none = Nothing has been counted in this month yet.
desk-booking-count-day = Day
desk-booking-count-sum = Together
desk-booking-count-booked = Booked
desk-booking-count-moved = Moved
desk-booking-count-cancelled = Cancelled
desk-booking-count-declined = Declined
desk-booking-count-kept = Came
desk-booking-count-missed = Did not come

## What was done

desk-booking-done-saved = Saved.
desk-booking-done-on = Online booking is switched on.
desk-booking-done-off = Online booking is switched off.
desk-booking-done-confirmed = The appointment is confirmed.
desk-booking-done-cancelled = The appointment is cancelled. What the person told us is deleted.
desk-booking-done-moved = The appointment is moved.
desk-booking-done-handed-over = The appointment is handed over.
desk-booking-done-noted = Noted.
desk-booking-done-closure = The closure is entered.
desk-booking-done-closure-removed = The closure is removed.
desk-booking-done-room = The room is added.
desk-booking-done-resource = Saved.
desk-booking-done-entered = You are entered. Set your hours now.
desk-booking-done-rule = The hours are saved.
desk-booking-done-rule-removed = The hours are removed.
desk-booking-done-absence = The absence is saved.
desk-booking-done-absence-removed = The absence is removed.
desk-booking-done-block = The blocked time is saved.
desk-booking-done-block-removed = The blocked time is removed.

## In the trail

audit-appointment-contact-read = Details of an appointment opened
audit-appointment-booked = Appointment booked for somebody
audit-appointment-confirmed = Appointment confirmed
audit-appointment-declined = Request declined
audit-appointment-cancelled = Appointment cancelled
audit-appointment-moved = Appointment moved
audit-appointment-handed-over = Appointment handed over
audit-appointment-attendance-noted = Noted whether somebody came to an appointment
audit-booking-offer-set = Booking of an offer set
audit-booking-offer-closed = Offer can no longer be booked
audit-booking-centre-set = Settings for appointments changed
audit-booking-switched-on = Online booking switched on
audit-booking-switched-off = Online booking switched off
audit-booking-closure-added = Closure entered
audit-booking-closure-removed = Closure removed
audit-booking-room-added = Room added
audit-booking-resource-set = Person or room for appointments changed
audit-booking-resource-switched-off = Person or room for appointments switched off
audit-booking-counsellor-added = Entered for appointments
audit-booking-rule-added = Hours added
audit-booking-rule-changed = Hours changed
audit-booking-rule-removed = Hours removed
audit-booking-hours-set = Hours or blocked times changed
audit-booking-absence-added = Absence or blocked time entered
audit-booking-absence-removed = Absence or blocked time removed
