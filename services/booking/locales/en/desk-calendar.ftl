## Calendar: subscribe to one's own appointments, read busy times

desk-calendar-tab = Calendar
desk-calendar-not-entered = You can connect your own calendar here as soon as you have entered yourself for appointments. You can do that under:

## Appointments in one's own calendar

desk-calendar-feed-title = Show appointments in your own calendar
desk-calendar-feed-text = Your calendar program can read your appointments from here, of all centres you work at. It never shows who is coming. Appointments that are over or cancelled vanish by themselves.
desk-calendar-feed-since = Set up on { $day }, { $time }:
desk-calendar-kind = What should your calendar show?
desk-calendar-kind-neutral = Only “Busy”, with a password
desk-calendar-kind-neutral-hint = For Thunderbird, Apple, Outlook on a computer, DAVx⁵, Nextcloud and others.
desk-calendar-kind-detailed = Offer, way, room and place, with a password
desk-calendar-kind-detailed-hint = Whoever looks into your calendar sees this, too.
desk-calendar-kind-address = Only “Busy”, for programs that only know an address
desk-calendar-kind-address-hint = For Google and Outlook on the web. The address is the password as well: whoever knows it sees when you are busy. Choose this only if your program takes no password.
desk-calendar-feed-make = Make an address
desk-calendar-feed-renew = Make a new address
desk-calendar-feed-replaces = The address you have now will stop working.
desk-calendar-feed-end = End the subscription
desk-calendar-told-title = Enter this in your calendar program
desk-calendar-told-text = This is only shown now. Afterwards you can only make a new address.
desk-calendar-told-address = Address
desk-calendar-told-user = User name
desk-calendar-told-password = Password
desk-calendar-told-secret = Do not give this address to anybody.
desk-calendar-feed-name = Appointments
desk-calendar-feed-taken = Busy

## Busy times from one's own calendar

desk-calendar-busy-title = Busy times from your own calendar
desk-calendar-busy-text = When your own calendar is busy, nobody can book you here. Only from when to when is read; no title, no place, no names. This holds for this centre.
desk-calendar-address = Address of your calendar
desk-calendar-other-address = Another address
desk-calendar-address-hint = The secret address in iCal format from the settings of your calendar. It begins with https:// or webcal://. It is stored encrypted and shown to nobody.
desk-calendar-connect = Read and connect calendar
desk-calendar-connected = Connected to a calendar at { $host }.
desk-calendar-read = Read last: { $day }, { $time }.
desk-calendar-count =
    { $count ->
        [0] No times are busy in the next { $weeks } weeks.
        [one] One time is busy in the next { $weeks } weeks.
       *[other] { $count } times are busy in the next { $weeks } weeks.
    }
desk-calendar-remove = Disconnect calendar
desk-calendar-failing = Your calendar has been unreadable since { $day }, { $time }
desk-calendar-failing-text = What was read last still holds. We keep trying.
desk-calendar-gaps =
    { $count ->
        [one] A booked appointment lies in a busy time
       *[other] { $count } booked appointments lie in busy times
    }
desk-calendar-gaps-text = These appointments stay. Decide yourself what happens with them.
desk-calendar-gap-busy = Own calendar busy
desk-calendar-others = Connected calendars of the team
desk-calendar-others-text = You only see that a calendar is connected, not which.
desk-calendar-readable = is read
desk-calendar-unreadable = cannot be read

## Why a calendar cannot be read

desk-calendar-trouble-no-address = This is no address. It begins with https:// or webcal:// and has no spaces.
desk-calendar-trouble-scheme = The address must begin with https:// or webcal://.
desk-calendar-trouble-credentials = There is a name or password in the address. Use a secret address without a sign-in.
desk-calendar-trouble-port = There is a colon with a number in the address. Such addresses are not read.
desk-calendar-trouble-not-public = The address does not lead to the public internet. Calendars of an internal network cannot be read.
desk-calendar-trouble-ours = This address leads back here. Use the address of your own calendar.
desk-calendar-trouble-unknown-name = This address does not exist. Check that it is complete.
desk-calendar-trouble-unreachable = There is no safe connection. Try again later.
desk-calendar-trouble-redirected = The address leads on to another one. Open it in a browser and use the address you arrive at.
desk-calendar-trouble-sign-in = The calendar wants a sign-in. Use a secret address that works without one.
desk-calendar-trouble-not-there = There is no calendar at this address. Perhaps it was withdrawn.
desk-calendar-trouble-refused = The server does not hand out the calendar. Try again later.
desk-calendar-trouble-too-slow = The calendar does not answer in time. Try again later.
desk-calendar-trouble-too-much = The calendar has too many entries.
desk-calendar-trouble-no-calendar = There is no calendar in iCal format at this address, perhaps a page to sign in.
desk-calendar-trouble-cut-off = The calendar did not arrive completely. Try again.
desk-calendar-trouble-not-understood = The calendar has a repetition or a time that we do not understand.
desk-calendar-trouble-unknown-zone = The calendar uses a time zone that we do not know.
desk-calendar-trouble-left = This person no longer works at this centre. Her calendar is not read any more.
desk-calendar-trouble-sealed = The stored address can no longer be opened. Please enter it again.
desk-calendar-trouble-forbidden = This system reads no calendars from elsewhere. The operator has switched that off.

## What was done

desk-calendar-done-ended = The subscription has ended. The address no longer works.
desk-calendar-done-connected = Your calendar is connected.
desk-calendar-done-removed = The calendar is disconnected. What was read from it is deleted.

## In the trail

audit-booking-feed-made = Calendar subscription set up
audit-booking-feed-ended = Calendar subscription ended
audit-booking-calendar-connected = Own calendar connected
audit-booking-calendar-removed = Own calendar disconnected
