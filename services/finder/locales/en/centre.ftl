### Page of a centre

centre-new-search = New search
centre-about-heading = About the centre
centre-offers-heading = Offers
centre-hours-heading = Opening hours
centre-hours-unknown = We have no opening hours for this centre. Call before you go.
centre-hours-holidays = The centre may be closed on public holidays. If you are not sure, call first.
centre-hours-reason = Reason:
centre-contact-none = We have no phone number and no e-mail address.
centre-vcard = Save the contact to your phone book
centre-vcard-hint = Name, address and phone number go onto your device. The name of the centre can reveal what it is about.
centre-access-heading = Getting there and getting in
centre-access-unknown = We do not know if there is wheelchair access. Ask the centre.
centre-languages-heading = Languages
centre-languages-german = The entry does not say which languages are spoken. German almost always is.
centre-carrier-heading = Who runs it
centre-carrier = Run by
centre-association = Association
centre-source = Source of the entry
centre-confirmed-heading = How current is this?
centre-confirmed = Last confirmed on { $date }
centre-confirmed-never = We do not know when this entry was last confirmed.
centre-report-heading = Is something wrong?
centre-report-mail = Report a mistake by e-mail
centre-report-phone = Or call us:
centre-report-subject = Mistake in the entry
centre-report-none = Please tell the centre directly.
centre-report-warning = Do not write about yourself. E-mail is not anonymous.
centre-map-heading = Map
centre-map-title = Map: where the centre is
centre-map-description = The point shows the centre in { $city }. The address is at the top of the page.
centre-map-approximate = The point shows only roughly where the centre is.
centre-offer-link = More about this offer on the centre’s own site
centre-offer-target = Who it is for
centre-offer-modes = How
centre-offer-languages = More languages
centre-offer-topics = Topics
centre-offer-areas = Responsible for
centre-offer-keywords = Keywords
centre-areas-nationwide = people from all of Germany
centre-areas-unknown = The entry does not say. Ask the centre if they can help you.
centre-areas-lands = Federal states: { $names }
centre-areas-districts = Districts and cities: { $names }
centre-areas-municipalities = Towns: { $names }
centre-areas-postcodes = Postcodes: { $names }
centre-areas-more =
    { $count ->
        [one] and one more
       *[other] and { $count } more
    }
centre-free = Advice is free.
centre-elsewhere-note = The centre’s own site is not ours. Other rules for your data apply there.
