### Workplace: the entries of centres

## List

desk-centre-nav = Centres
desk-centre-search = Search by name, town or postcode
desk-centre-filter = Which centres
desk-centre-filter-all = All
desk-centre-filter-stale = Not confirmed for long
desk-centre-filter-point = Without a point on the map
desk-centre-filter-withdrawn = Taken off
desk-centre-filter-gone = In no list any more
desk-centre-found =
    { $count ->
        [0] No centre found
        [one] One centre
       *[other] { $count } centres
    }
desk-centre-none-own = No centre has been assigned to you yet. Please ask your administrators.
desk-centre-place = Town
desk-centre-state = State
desk-centre-stale = please check
desk-centre-standing-listed = in the search
desk-centre-standing-withdrawn = taken off
desk-centre-standing-gone = in no list any more

## Frame

desk-centre-tabs = Pages of this centre
desk-centre-overview = Overview
desk-centre-basics = Basics
desk-centre-address = Address
desk-centre-contact = Contact
desk-centre-hours = Hours
desk-centre-access = Access
desk-centre-offers = Offers
desk-centre-preview = Preview
desk-centre-save = Save
desk-centre-empty = (empty)
desk-centre-closed = closed
desk-centre-moment = { $day }, { $time }
desk-centre-came-from = Comes from
desk-centre-origin-list = from the list “{ $source }” of { $when }
desk-centre-origin-person = by { $name } on { $when }
desk-centre-origin-made = made by hand on { $when }
desk-centre-list-says = The list says:
desk-centre-list-empty = The list says nothing about this.
desk-centre-back-to-list = Use the list’s value again
desk-centre-first-says = At first it said:
desk-centre-first-empty = At first there was nothing here.
desk-centre-back-to-first = Use the first value again
desk-centre-conflict-title = { $field }: two different changes
desk-centre-conflict-by = While you were writing, this value changed: { $by }. Which value shall hold?
desk-centre-conflict-gone = While you were writing, this value was deleted. Which value shall hold?
desk-centre-conflict-theirs = The other value:
desk-centre-conflict-yours = Your value:
desk-centre-conflict-error = { $field }: choose which value shall hold.

## Done

desk-centre-done-saved = Saved. The search shows it in a few seconds.
desk-centre-done-nothing = There was nothing to change.
desk-centre-done-reverted = Taken back. The earlier value holds again.
desk-centre-done-offer = The offer has been added. Now say which area it is responsible for.
desk-centre-done-confirmed = Thank you. Noted as confirmed today.
desk-centre-done-withdrawn = Taken off. In a few seconds the search no longer finds this centre.
desk-centre-done-restored = Put back. In a few seconds the centre can be found.
desk-centre-done-created = The centre has been added. Fill in what is still missing.

## Errors

desk-centre-name-missing = Enter a name.
desk-centre-too-long = Shorten the text to { $count } characters at most.
desk-centre-entry-too-long = One entry is too long. A line may have { $count } characters.
desk-centre-too-many = These are too many entries. { $count } are allowed.
desk-centre-phone-wrong = Enter a number, for example 0761 12345.
desk-centre-email-wrong = Enter a mail address, for example beratung@beispiel.de.
desk-centre-website-wrong = Enter a web address, for example https://www.beispiel.de.
desk-centre-leika-wrong = The LeiKa number has exactly 14 digits.
desk-centre-postcode-wrong = Enter a postcode of five digits.
desk-centre-city-missing = Enter the town.
desk-centre-degrees-wrong = Enter degrees as a number, for example 47.9959. Or leave both fields empty.
desk-centre-week-day = Row { $row }: choose a weekday.
desk-centre-week-time = Row { $row }: enter both times, for example 9:00 and 12:30.
desk-centre-week-order = Row { $row }: the end comes before the beginning.
desk-centre-week-overlap = { weekday }: two times overlap.
desk-centre-exception-day = Row { $row }: enter the first day.
desk-centre-exception-order = Row { $row }: the last day comes before the first.
desk-centre-exception-time = Row { $row }: write times like this: 9:00-12:00, 14:00-16:00. Empty means closed.
desk-centre-plz-wrong = “{ $text }” is neither a postcode nor a range. Write for example 79100-79112; 80437.
desk-centre-topic-missing = Choose at least one topic. Otherwise nobody finds the offer.
desk-centre-doubt-postcode = We do not know the postcode { $postcode }. Is it right?
desk-centre-doubt-outside = The point is not in Germany. Are latitude and longitude swapped?
desk-centre-doubt-far = The point is { $km } km away from the postcode { $postcode }. Is that right?
desk-centre-doubt-agree = Check the address and the point on the map.
desk-centre-doubt-agreed = It is right. Save it all the same.

## Fields

desk-centre-field-name = Name
desk-centre-field-carrier = Carrier
desk-centre-field-association = Association
desk-centre-field-description = Description
desk-centre-field-address = Address
desk-centre-field-coordinates = Point on the map
desk-centre-field-phone = Phone
desk-centre-field-fax = Fax
desk-centre-field-email = Mail
desk-centre-field-website = Own web page
desk-centre-field-weekly = Opening hours of the week
desk-centre-field-exceptions = Days closed and other hours
desk-centre-field-note = Note about the hours
desk-centre-field-wheelchair = Wheelchair access
desk-centre-field-facts = What matters for getting in
desk-centre-field-directions = How to get there
desk-centre-field-languages = Languages of counselling
desk-centre-field-confirmed = Last confirmed
desk-centre-field-listed = In the search
desk-centre-field-offer = Offer
desk-centre-field-offer-name = Name of the offer
desk-centre-field-offer-description = What it is about
desk-centre-field-topics = Topics
desk-centre-field-leika = LeiKa number
desk-centre-field-groups = For whom
desk-centre-field-keywords = Keywords
desk-centre-field-offer-languages = More languages at this offer
desk-centre-field-modes = How counselling takes place
desk-centre-field-areas = Responsible for
desk-centre-field-link = Web page of the offer

## Hints at fields

desk-centre-carrier-hint = Who runs the centre, for example an association or the town
desk-centre-description-hint = Short, plain sentences in German. An empty line begins a new paragraph.
desk-centre-languages-hint = Languages in which every offer can counsel
desk-centre-street = Street and number
desk-centre-street-hint = Leave it empty if the address is protected or counselling only happens from afar
desk-centre-extra = Second line, for example rear building
desk-centre-postcode = Postcode
desk-centre-city = Town
desk-centre-lat = Latitude
desk-centre-lon = Longitude
desk-centre-point-hint = Leave both fields empty and we take the middle of the postcode.
desk-centre-point-proposed = Middle of the postcode: { $point }
desk-centre-map-title = Map: where the centre is
desk-centre-map-description = The point shows where people see the centre on the map.
desk-centre-map-approximate = The point is only approximate: it follows from the postcode.
desk-centre-map-none = There is no point on the map yet.
desk-centre-phone-hint = The most important entry: people see it everywhere.
desk-centre-email-hint = Address of the centre, not of a person
desk-centre-week-hint = One row for each span of time. Rows without times do not count.
desk-centre-week-choose = please choose
desk-centre-week-day-label = Day
desk-centre-week-from = from
desk-centre-week-to = to
desk-centre-week-note = what for
desk-centre-note-hint = What the hours alone do not say, for example “und nach Vereinbarung”
desk-centre-exceptions-hint = Holidays, leave, single days. Without times the centre is closed.
desk-centre-exception-from = first day
desk-centre-exception-to = last day
desk-centre-exception-open = open, for example 9:00-12:00
desk-centre-exception-note = Reason
desk-centre-holidays = Public holidays
desk-centre-holidays-text = On public holidays the hours of the week hold otherwise. This button enters the coming holidays above as closed. After that you have to save.
desk-centre-holidays-add = Enter holidays as closed
desk-centre-holidays-list = Public holidays of the next twelve months
desk-centre-holidays-parts = in some municipalities only
desk-centre-holidays-covered = is above already
desk-centre-wheelchair-unsaid = not said
desk-centre-wheelchair-hint = “Accessible” means entrance, rooms and toilet
desk-centre-facts-hint = One entry on each line, for example “2 Stufen am Eingang”
desk-centre-directions-hint = For example “Straßenbahn 3, Haltestelle Rathaus”
desk-centre-topics-hint = People search by these most often
desk-centre-groups-hint = One group on each line, for example “Angehörige”
desk-centre-keywords-hint = One keyword on each line. Write everyday words, too.
desk-centre-offer-languages-hint = Languages beyond those of the whole centre
desk-centre-leika-hint = Number of the service in the catalogue of public services, 14 digits

## Offers

desk-centre-offer-new = New offer
desk-centre-offer-title = Offer: { $name }
desk-centre-offer-free = Offers are always free of charge here. Those that cost money do not belong into this directory.
desk-centre-offer-next = Next you say which area it is responsible for.
desk-centre-offer-add = Add the offer
desk-centre-offer-remove-title = Remove this offer?
desk-centre-offer-remove = Remove the offer
desk-centre-offer-remove-text = People will not find it any more. Offers from a list can be brought back later.
desk-centre-removed = Removed offers
desk-centre-removed-back = Bring back

## Areas

desk-centre-areas-title = Area: { $name }
desk-centre-areas-lead = Who lives here is shown this centre first.
desk-centre-areas-offer = To the offer
desk-centre-areas-change = Change the area
desk-centre-areas-none = No area is given.
desk-centre-areas-nationwide = All of Germany
desk-centre-areas-nationwide-hint = Then what stands below does not count.
desk-centre-areas-plz = Postcodes
desk-centre-areas-plz-hint = Single ones and ranges, with semicolons: 79100-79112; 80437
desk-centre-areas-chosen = Districts, towns and municipalities
desk-centre-areas-chosen-hint = Removing a tick takes an area out.
desk-centre-areas-search = Search a district, town or municipality
desk-centre-areas-search-hint = A part of the name is enough
desk-centre-areas-search-button = Search names
desk-centre-areas-found = Found
desk-centre-areas-found-hint = Choose what to add, and save.
desk-centre-areas-nothing = No name found. Try a shorter part.
desk-centre-areas-lands = Federal states
desk-centre-municipality = municipality { $name }
desk-centre-cover = What this covers
desk-centre-cover-count =
    { $count ->
        [one] One postcode
       *[other] { $count } postcodes
    }
desk-centre-cover-map = Map of the area
desk-centre-cover-map-description = The points show covered postcodes, for large areas some of them.
desk-centre-cover-list = Show all places
desk-centre-cover-more =
    { $count ->
        [one] and one more
       *[other] and { $count } more
    }
desk-centre-others = Who else is responsible
desk-centre-others-text = These centres cover a part of the area for the same topic.
desk-centre-others-more =
    { $count ->
        [one] and one more centre
       *[other] and { $count } more centres
    }
desk-centre-others-none = No other centre is entered for this area and topic.

## Overview

desk-centre-public = See the page in the search
desk-centre-confirmed-never = never confirmed
desk-centre-confirmed-on = On { $date }
desk-centre-confirm-text = Is everything right on this page and the others? People see when you last confirmed it.
desk-centre-confirm = Everything is current
desk-centre-short = In short
desk-centre-gaps = Missing
desk-centre-gaps-none = Everything important is there.
desk-centre-gap-phone = No phone number
desk-centre-gap-email = No mail address
desk-centre-gap-website = No web page
desk-centre-gap-description = No description
desk-centre-gap-languages = No languages
desk-centre-gap-point = No point on the map
desk-centre-gap-exact = Point on the map only approximate
desk-centre-gap-hours = No opening hours
desk-centre-gap-wheelchair = Nothing about wheelchair access
desk-centre-gap-area = Offer without an area
desk-centre-gap-topic = Offer without a topic
desk-centre-people = Who works here
desk-centre-people-link = People of this centre
desk-centre-records = Where the entry comes from
desk-centre-records-text = The list decides the entry as long as nobody changes anything here.
desk-centre-records-merged = Several entries are put together here. The leading list holds, the others fill gaps.
desk-centre-record-source = List
desk-centre-record-id = Number in the list
desk-centre-record-when = As of
desk-centre-record-leads = leads
desk-centre-record-fills = fills gaps
desk-centre-record-gone = no longer in the list
desk-centre-record-absorbed = Put together
desk-centre-history = Last changes
desk-centre-history-when = When
desk-centre-history-who = Who
desk-centre-history-what = What
desk-centre-history-none = Nothing has been changed by hand yet.
desk-centre-withdraw-title = Take the centre off?
desk-centre-withdraw = Take off the search
desk-centre-withdraw-text = People will not find the centre any more, not even after the next import. You can put it back at any time.
desk-centre-restore-text = This centre was taken off the search by hand.
desk-centre-restore = Put back into the search
desk-centre-preview-back = Back to editing
desk-centre-preview-text = This is how people see the centre. The preview shows what is saved.
desk-centre-preview-unlisted = At the moment it is not in the search.

## New centre

desk-centre-new = New centre
desk-centre-new-lead = Only for centres that are in no list. You enter everything else afterwards.
desk-centre-new-offer = First offer
desk-centre-new-save = Add the centre

## Trail

audit-centre-edited = Entry changed
audit-centre-reverted = Change taken back
audit-centre-created = Centre added
audit-centre-confirmed = Confirmed as current
audit-centre-withdrawn = Taken off the search
audit-centre-restored = Put back
audit-centre-merged = Centres put together
audit-centre-unmerged = Centres separated again
audit-centre-kept-apart = Noted as different
audit-centre-no-longer-kept-apart = Note “different” deleted

## Public holidays

desk-centre-holiday-new-year = New Year’s Day
desk-centre-holiday-epiphany = Epiphany
desk-centre-holiday-womens-day = International Women’s Day
desk-centre-holiday-good-friday = Good Friday
desk-centre-holiday-easter-sunday = Easter Sunday
desk-centre-holiday-easter-monday = Easter Monday
desk-centre-holiday-labour-day = Labour Day
desk-centre-holiday-liberation-day = Liberation Day
desk-centre-holiday-ascension = Ascension Day
desk-centre-holiday-whit-sunday = Whit Sunday
desk-centre-holiday-whit-monday = Whit Monday
desk-centre-holiday-corpus-christi = Corpus Christi
desk-centre-holiday-uprising-of-1953 = Anniversary of the 1953 uprising
desk-centre-holiday-peace-of-augsburg = Peace of Augsburg
desk-centre-holiday-assumption = Assumption Day
desk-centre-holiday-childrens-day = World Children’s Day
desk-centre-holiday-german-unity = Day of German Unity
desk-centre-holiday-reformation = Reformation Day
desk-centre-holiday-all-saints = All Saints’ Day
desk-centre-holiday-repentance = Day of Repentance and Prayer
desk-centre-holiday-christmas-day = Christmas Day
desk-centre-holiday-second-christmas-day = Second Day of Christmas
