### Appointments for people seeking help: choose, book, see, move, cancel.

seek-demo = This is a demonstration. All centres are made up. An appointment here will not take place.

## Days and times

seek-weekday =
    { $weekday ->
        [1] Monday
        [2] Tuesday
        [3] Wednesday
        [4] Thursday
        [5] Friday
        [6] Saturday
       *[7] Sunday
    }
seek-month =
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
seek-date = { seek-weekday }, { $day } { seek-month } { $year }
seek-moment = { seek-weekday }, { $day } { seek-month } { $year }, { $time }
seek-time = { $time }
seek-time-summer = { $time } (summer time)
seek-time-winter = { $time } (winter time)
seek-span = { $from } to { $to }
seek-span-long = { $from }, for { $minutes } minutes
seek-span-summer = { $from } (summer time), for { $minutes } minutes
seek-span-winter = { $from } (winter time), for { $minutes } minutes

## Ways of counselling

seek-mode-in-person = in person
seek-mode-phone = by phone
seek-mode-video = by video
seek-mode-chat = by chat
seek-how-phone-either = If you gave a phone number, the centre calls you. Otherwise please call them.
seek-how-phone-call = Please call the centre at this time.
seek-how-video = The video call takes place here in your browser; you need no app. From 15 minutes before it begins, you find the button “Go to the conversation” under “My appointment”. Without a camera you can just speak or write.
seek-how-chat = The chat takes place here in your browser; you need no app. From 15 minutes before it begins, you find the button “Go to the conversation” under “My appointment”.

## On every step

seek-fact-when = When
seek-fact-how = How
seek-fact-where = Where
seek-fact-with = With
seek-fact-offer = Offer
seek-fact-phone = Phone of the centre
seek-step = Step { $number } of 4
seek-to-centre = To the page of the centre
seek-start = To the search
seek-crisis = Help at once: crisis lines
seek-website = Website of the centre
seek-abandon = Stop here
seek-abandon-note = Then the time is free again. Nothing you entered remains.

## Step 1: the way

seek-title-modes = Appointment: choose how
seek-modes-heading = How would you like to talk?
seek-modes-next = Next free appointment: { $moment }
seek-modes-none = Nothing is free here at the moment.
seek-promise = Free of charge and without registration. You need no account and no email address.

## Step 2: the time

seek-title-times = Appointment: choose a time
seek-times-heading = Which time suits you?
seek-times-lead = Tap a time. We keep it free for you for 5 minutes. It is not booked yet.
seek-times-zone = All times are German time.
seek-times-other-mode = Rather { $mode }
seek-times-later = Later days
seek-times-first = Back to the first free days
seek-times-none-heading = Nothing is free at the moment
seek-times-none-text = You cannot book an appointment here at the moment. New times are often added.
seek-times-none-later-heading = Later days are not open yet
seek-times-none-later-text = The centre does not give appointments further ahead yet.
seek-help-heading = Nothing that suits you?
seek-help-call = Call the centre. Other times can often be found by phone:
seek-help-ask = Ask the centre:
seek-help-other = Or look for another centre:

## Step 3: what is asked

seek-title-contact = Appointment: your details
seek-contact-heading = What the centre would like to know
seek-contact-heading-none = Would you like messages?
seek-contact-nothing = The centre asks nothing. You simply come with your code.
seek-until = This time is kept free for you until { $time }.
seek-name = What should we call you?
seek-name-hint = An invented name is fine.
seek-first-name = First name
seek-last-name = Last name
seek-mail = Email address
seek-mail-hint = So that the centre can write to you.
seek-phone = Phone number
seek-phone-hint = So that the centre can reach you. Best a number that only you answer.
seek-phone-hint-calls = The centre will call you on this number.
seek-note = What is it about?
seek-note-hint = One sentence is enough. You can also leave this empty.
seek-remind = Email address for messages about the appointment
seek-remind-hint = We send a confirmation, every change, and a reminder. The mail does not say what it is about.
seek-remind-hint-plain = We send a confirmation and every change. The mail does not say what it is about.
seek-remind-also = Also send me messages about the appointment there.
seek-remind-shared = Does somebody else read your emails? Then leave this field empty.
seek-remind-also-shared = Does somebody else read your emails? Then leave this box empty.
seek-data-heading = What happens with your details
seek-data-who = Only the centre reads them. We store them encrypted.
seek-data-when = After the appointment we delete everything for good: { $moment }.
seek-data-cancel = If you cancel, we delete your details at once. An address for messages is deleted after the last message.
seek-data-centre = What the centre writes down itself stays with the centre. Please ask there.
seek-data-centre-says = The centre writes:
seek-contact-next = Continue to the check
seek-change-time = Choose another time

seek-error-name-missing = Enter your first name.
seek-error-last-name-missing = Enter your last name.
seek-error-name-long = Shorten the name to at most 80 characters.
seek-error-mail-missing = Enter an email address.
seek-error-mail = Enter an email address, for example name@example.org.
seek-error-phone-missing = Enter a phone number.
seek-error-phone = Enter a phone number, for example 0761 12345.
seek-error-note-long = Shorten the text to at most 1000 characters.

## Step 4: check

seek-title-check = Appointment: check
seek-check-heading = Is everything right?
seek-check-lead = Check your appointment. It is booked only when you confirm below.
seek-check-lead-request = Check your request. It is sent only when you confirm below.
seek-check-meeting = Your appointment
seek-check-said = Your details
seek-check-nothing = You gave no details.
seek-check-request = The centre still has to agree. Until then the time is kept free for you.
seek-said-name = Name
seek-said-mail = Email for the centre
seek-said-phone = Phone
seek-said-note = What it is about
seek-said-remind = Messages to
seek-change-said = Change details
seek-book = Book the appointment
seek-book-request = Ask for the appointment

## Receipt

seek-title-receipt = Appointment: booked
seek-title-receipt-request = Appointment: requested
seek-receipt-heading = Your appointment is booked
seek-receipt-heading-request = Your request has arrived
seek-receipt-request = This is not a fixed appointment yet. The centre has to agree. Until then the time is kept free for you.
seek-receipt-request-look = To see whether the centre has agreed, use code and PIN at “My appointment”.
seek-receipt-already = You had booked with this form before. This is that appointment. You can choose another time at “My appointment”.
seek-receipt-write-heading = Write down code and PIN
seek-receipt-write = With them you can see, move and cancel your appointment. We cannot show code and PIN again later.
seek-receipt-page = The page for this is called “My appointment”:
seek-receipt-mails = A confirmation comes to your email address.
seek-code = Code
seek-pin = PIN
seek-receipt-link-heading = Or with this link
seek-receipt-link = The link opens your appointment without code and PIN. Do not give it to anybody.
seek-receipt-keep-heading = To take with you
seek-receipt-calendar = Download for your calendar
seek-receipt-calendar-note = The calendar shows only “Appointment”, the time and the address. The file stays on this device.
seek-print = Print
seek-print-note = Print it or write it down: either is enough.
seek-bring-heading = What to bring
seek-access-heading = How to get there
seek-forget-heading = What remains afterwards
seek-forget-text = After the appointment we delete everything for good: { $moment }.
seek-forget-device = The history of your browser shows that you visited this page.
seek-traces = Traces on this device
seek-own-page = My appointment
seek-calendar-summary = Appointment
seek-wheelchair-full = accessible by wheelchair
seek-wheelchair-partial = partly accessible by wheelchair
seek-wheelchair-no = not accessible by wheelchair

## Taken

seek-title-taken = Appointment: choose another time
seek-taken-heading = This time has just been taken
seek-taken-lost = You had chosen: { $moment }
seek-taken-text = Somebody else was faster. What you entered is still there. Choose another time:
seek-taken-none = No other time is free at the moment.
seek-taken-all = Show all free times

## Not booked here

seek-title-elsewhere = Appointment
seek-elsewhere-heading = How to get an appointment here
seek-elsewhere-text = Appointments with this centre cannot be booked on our pages.
seek-elsewhere-paused = This centre takes no new bookings here at the moment. Call, or look again later. If you have an appointment already, it still holds.
seek-elsewhere-link = The centre gives appointments on its own page:
seek-elsewhere-link-note = The link leads to another site. Other rules apply to your data there.

## My appointment

seek-title-own = My appointment
seek-enter-heading = My appointment
seek-enter-lead = See your appointment, move it or cancel it.
seek-enter-code = Code
seek-enter-code-hint = It is on your receipt, for example 4TK-9MW-2XB.
seek-enter-pin = PIN
seek-enter-pin-hint = Four digits.
seek-enter-show = Show appointment
seek-enter-link-summary = I have a link
seek-enter-link = Link
seek-enter-link-hint = Paste the whole link from the receipt or the email.
seek-enter-lost-heading = Lost the code or the PIN?
seek-enter-lost = Call the centre that you have the appointment with. They can cancel or move it.
seek-error-code-length = A code has nine characters. Check whether one is missing.
seek-error-code-character = A code consists of letters and digits. Check what you entered.
seek-error-code-mistyped = There is no such code. One character is probably wrong.
seek-error-pin = A PIN has four digits.
seek-error-wrong = Code and PIN do not belong together. Check both. If the appointment was earlier today, it is deleted.
seek-error-link = There is no appointment for this link. Perhaps it is over, then everything is deleted.

seek-own-heading = Your appointment
seek-own-heading-request = Your request
seek-own-confirmed = The appointment is fixed.
seek-own-requested = The centre has not agreed yet. The time is kept free for you.
seek-own-begun = The appointment has begun. You can no longer change it.
seek-own-unanswered = The centre has not agreed. The appointment does not take place. Please call the centre.
seek-own-unmovable = At the moment it can only be moved by phone.
seek-own-move = Move
seek-own-cancel = Cancel the appointment
seek-own-leave = Finished? Close this window if others use the device.
seek-told-moved = Your appointment has been moved. Code, PIN and link stay the same.
seek-told-changed = The appointment has just changed. This is how it is now.
seek-own-talk = Go to the conversation
seek-own-talk-note = The chat is encrypted, and nothing of it is stored.
seek-own-talk-later = The chat opens here: { $moment }. Load this page again then.
seek-told-talk-closed = The conversation is not open at the moment. It opens 15 minutes before the appointment.
seek-told-closed = This is no longer possible. Please call the centre.

seek-title-move = My appointment: move
seek-move-heading = When would you like to come instead?
seek-move-lead = Your present appointment stays until you confirm a new one.
seek-move-now = Present appointment
seek-move-taken = This time has just been taken. Your appointment is unchanged. Choose another time.
seek-move-check-heading = Move the appointment?
seek-move-new = New appointment
seek-move-sure = Yes, move it
seek-move-other = Choose another time
seek-own-back = Change nothing

seek-title-cancel = My appointment: cancel
seek-cancel-heading = Cancel the appointment?
seek-cancel-heading-request = Withdraw the request?
seek-cancel-text = The time becomes free for others. We delete your details at once. This cannot be undone.
seek-cancel-sure = Yes, cancel it

## Waiting list

seek-title-wait = Waiting list
seek-wait-offer-heading = Rather sooner?
seek-wait-offer-text = We will write to you when an earlier appointment becomes free.
seek-wait-none-heading = Wait for a free appointment?
seek-wait-none-text = We will write to you when an appointment becomes free.
seek-wait-offer-button = Join the waiting list
seek-own-earlier = Ask for an earlier appointment
seek-own-earlier-note = We will write to you when something earlier becomes free. Your appointment stays.
seek-wait-heading = Ask for an earlier appointment
seek-wait-lead = If an earlier appointment becomes free, we will send you an email.
seek-wait-no-booking = This is not a booking. Everybody on the list gets the same mail. Whoever books first gets the appointment.
seek-wait-how-long = Within what time are you looking for an appointment?
seek-wait-weeks =
    { $weeks ->
        [1] in the next 7 days
       *[other] in the next { $weeks } weeks
    }
seek-wait-before = You are looking for an appointment before: { $moment }.
seek-wait-mail-hint = The mail does not say what it is about.
seek-wait-shared = Does somebody else read your emails? Then use another address, or call the centre.
seek-wait-have = Do you have an appointment already? Then do not book again. Move it here:
seek-wait-data-confirm = First we ask by mail whether the address is yours. If you do not confirm it, we delete it after 24 hours.
seek-wait-data-notices = After that you get three mails at most, and one a day at most.
seek-wait-data-end = We store your address encrypted. We delete it after the third mail, or when your time is over.
seek-wait-send = Join the waiting list
seek-error-weeks = Choose within what time you are looking for an appointment.
seek-error-before = There is too little time before this appointment for an earlier one.
seek-wait-times = To the free times
seek-wait-sent-heading = Look into your mailbox
seek-wait-sent-text = We have sent you a mail. Open the link in it and confirm. Only then are you on the list.
seek-wait-sent-nothing = No mail? Look among unwanted mails. Perhaps the address was mistyped:
seek-wait-sent-other = Enter the address again
seek-wait-heading-entry = Your entry on the waiting list
seek-wait-heading-confirm = Is this right?
seek-wait-enter-lead = Open the link from your mail here.
seek-wait-enter-hint = Paste the whole link from the email.
seek-wait-enter-show = Show the entry
seek-wait-error-link = There is no entry for this link any more. It was deleted: you left the list, got three mails, or did not confirm within 24 hours.
seek-wait-not-confirmed = You are not on the list yet. Did you enter your address yourself? Then confirm. If not, you need not do anything.
seek-wait-left =
    { $left ->
        [0] You have got three mails. We will not send more.
        [1] You will get one more mail at most.
       *[other] You will get { $left } mails at most, and one a day at most.
    }
seek-wait-first = Free at the moment: { $moment }.
seek-wait-confirm = Yes, put me on the list
seek-wait-leave = Take me off the list
seek-wait-forgotten = We delete the entry then at the latest: { $moment }.
seek-wait-told-confirmed = You are on the list.
seek-wait-told-none = There is no waiting list for this offer at the moment.

## At the end

seek-title-ended = Appointment
seek-ended-cancelled-title = This appointment is cancelled
seek-ended-cancelled-text = It does not take place. Your details for the centre are deleted.
seek-ended-note = Message about it
seek-ended-over-title = This appointment is over
seek-ended-over-text = We have deleted everything we knew about it. Did you move it? Then check code and PIN.
seek-ended-slow-title = Too many tries
seek-ended-slow-text = This code is locked for an hour. Call the centre if it is urgent.
seek-ended-given-up-title = Stopped
seek-ended-given-up-text = The time is free again. We have stored nothing of what you entered.
seek-ended-wait-full-title = The waiting list is full
seek-ended-wait-full-text = Too many people are waiting here already. We have not stored your address.
seek-ended-wait-none-title = There is no waiting list here any more
seek-ended-wait-none-text = The centre has just switched it off. We have not kept your address.
seek-ended-wait-left-title = You are not on the list any more
seek-ended-wait-left-text = Your address is deleted. We will not write to you any more.
seek-ended-wait-over-title = This wait is over
seek-ended-wait-over-text = The entry and your address are deleted. You can still look for an appointment.
seek-ended-anew = Choose a new appointment
seek-ended-again = Try again

## Open consultation hour: without an appointment

seek-title-walk-in = Talk to us now
seek-walk-in-heading = Talk to us now
seek-walk-in-link = Chat now, without an appointment
seek-walk-in-open = The open consultation hour lasts until { $time }. You need no appointment and no name.
seek-walk-in-how = You come to a waiting room. There you see how many come before you. A counsellor takes you into the chat.
seek-walk-in-enter = To the waiting room
seek-walk-in-protected = What is protected, and what is not?
seek-walk-in-protected-yes = Your browser encrypts what you write. We cannot read it, and we store nothing of it.
seek-walk-in-protected-no = We cannot hide that your device is connected to us at the moment.
seek-walk-in-noscript = The chat needs JavaScript. You can also call the centre.
seek-walk-in-closed = The open consultation hour is closed at the moment
seek-walk-in-next = It opens again:
seek-walk-in-none = None is planned for the next weeks.
seek-walk-in-call = Would you rather talk on the phone? Call the centre:
