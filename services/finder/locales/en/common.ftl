### Words and sentences that stand on several pages.

site-description = Find free advice and support near you: debt, addiction, no home. No sign-up.
demo-notice = This is a demonstration. All centres are made up. The crisis lines are real.

## Days and times

weekday =
    { $weekday ->
        [1] Monday
        [2] Tuesday
        [3] Wednesday
        [4] Thursday
        [5] Friday
        [6] Saturday
       *[7] Sunday
    }
month =
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
date-long = { $day } { month } { $year }

## Opening hours. Sentences with “next” stand behind “closed”.

opening-now = Open now, until { $until }
opening-later = Open today from { $from } to { $until }
opening-over = Closed for today
opening-closed-today = Closed today
opening-next-tomorrow = – opens again tomorrow at { $time }
opening-next-weekday = – opens again on { weekday } at { $time }
opening-next-date = – opens again on { weekday }, { $day } { month }, at { $time }

## Appointments

appointment-next = Next free appointment: { weekday }, { $day } { month }, { $time }
centre-talk = Chat now, without an appointment
appointment-choose = Choose an appointment

## Distance and responsibility

distance-near = less than 1 km away
distance-km = about { $km } km away
responsible-yes = responsible for { $place }
responsible-no = not responsible for { $place }
responsible-unknown = not stated whether for { $place } – please ask

## Why a centre was found; the word from the entry follows

reason-offer = Fits “{ $unit }”. In the name of the offer:
reason-centre-name = Fits “{ $unit }”. In the name of the centre:
reason-keyword = Fits “{ $unit }”. Keyword of the centre:
reason-topic = Fits “{ $unit }”. Topic of the centre:
reason-description = “{ $unit }” is in the description:
reason-language = Fits “{ $unit }”. The centre gives advice in { $language }.
reason-area = Your place is in the area of this centre:
reason-area-nationwide = This centre is there for all of Germany.

## Ways to get advice

mode-in-person = in person
mode-phone = by phone
mode-video = by video
mode-chat = by chat or e-mail

## Wheelchair

wheelchair-full = wheelchair access
wheelchair-partial = partial wheelchair access
wheelchair-no = no wheelchair access

## Crisis lines

crisis-emergency-name = Fire and ambulance
crisis-emergency-note = if a life is in danger. Free, day and night.
crisis-police-name = Police
crisis-police-note = if someone threatens you. Free, day and night.
crisis-doctor-name = Doctor on call
crisis-doctor-note = if you need a doctor at night, at the weekend or on a public holiday. Free.
crisis-talk-name = TelefonSeelsorge (someone to talk to)
crisis-talk-note = if you want to talk to someone. Free, anonymous, day and night. Mostly in German.
crisis-talk-other-note = another number of TelefonSeelsorge. Free, anonymous, day and night.
crisis-young-name = Nummer gegen Kummer
crisis-young-note = for children and young people. Free, anonymous. Monday to Saturday, 14:00 to 20:00. In German.
crisis-violence-name = Helpline for women who face violence
crisis-violence-note = Free, anonymous, day and night, in many languages.
crisis-addiction-name = Addiction and drugs helpline
crisis-addiction-note = Day and night. A call costs 20 cents. In German.
