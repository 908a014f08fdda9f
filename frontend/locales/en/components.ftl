### Texts of the components. Ids start with c-; pages use other ids.

## Page shell
c-skip-to-content = Skip to content
c-languages = Language
c-exit = Leave quickly
c-footer-promise = Free of charge, no sign-up, anonymous. We do not store what you search for.
c-footer-nav = About this site
c-footer-appointment = My appointment
c-footer-help = How to use this site
c-footer-traces = Traces on this device
c-footer-accessibility = Accessibility
c-footer-privacy = Privacy
c-footer-imprint = Legal notice
c-back = Back

## Forms
c-error-prefix = Error:
c-error-label = Error:
c-error-summary-title =
    { $count ->
        [one] Please change one entry
       *[other] Please change { $count } entries
    }
c-optional = (optional)

## Search
c-search-form = Find counselling
c-search-words = What do you need help with?
c-search-words-hint = For example: debt, alcohol, no home
c-search-place = Where?
c-search-place-hint = Postcode or town
c-search-submit = Find counselling
c-suggest-one = One suggestion. Press the down arrow key to choose it.
c-suggest-many = { $count } suggestions. Use the arrow keys to choose.
c-suggest-none = No suggestions.
c-suggest-list = Suggestions
c-filters = Narrow the search
c-filters-active = { $count } chosen
c-filters-apply = Apply
c-filters-clear = Remove all limits

## Results
c-result-number = Number
c-result-address = Address
c-result-modes = Counselling
c-result-languages = Languages
c-result-access = Access
c-result-other-offers = Also here
c-result-appointment = Choose an appointment
c-result-why = Why this centre?
c-other-help-title = Other help near you
c-other-help-intro = These centres are near you. They do not mention your words. Ask them anyway: the people there know who can help.
c-map-scale = { $km } km
c-pagination = Pages of the list
c-pagination-previous = Back
c-pagination-next = Next
c-pagination-page = Page

## A centre
c-contact-title = How to reach the centre
c-contact-phone = Phone
c-contact-email = E-mail
c-contact-website = Website
c-contact-address = Address
c-contact-fax = Fax
c-access-directions = How to get there:
c-opening-caption = Opening hours
c-opening-day = Day
c-opening-hours = Time
c-opening-exceptions = Days that differ
c-today = today
c-closed = closed
c-time-span = { $opens } to { $closes }
c-date-span = { $from } to { $to }

## Notes
c-notice-info = Note
c-notice-success = Done
c-notice-warning = Attention
c-notice-danger = Important
c-crisis-title = Help right now
c-crisis-more = More emergency numbers

## Staff: page shell
c-staff-nav = Workplace
c-staff-menu = Menu
c-staff-account = My account:
c-staff-sign-out = Sign out
c-staff-public = To the public search
c-breadcrumb = You are here

## Staff: forms
c-change = Change
c-cancel = Cancel
c-date-form = Day.month.year or YYYY-MM-DD
c-time-form = Hour:minute
c-secret-show = Show
c-secret-show-what = Show { $what }
c-secret-hide = Hide
c-multi-row-rule = Empty rows are left out. To delete a row, empty its fields.
c-multi-row-more = More rows
c-multi-row-number = Row { $number }
c-search-box-submit = Search
c-search-box-clear = Clear search

## Staff: tables, states, codes
c-table-filter-count = { $shown } of { $all } rows
c-step-done = done
c-step-current = now
c-step-open = to do
c-diff-field = Entry
c-diff-old = Before
c-diff-new = New
c-diff-removed = is dropped:
c-diff-added = is added:
c-diff-none = empty
c-key-value-none = not given
c-progress-again = Get the latest state
c-copy = Copy
c-copy-what = Copy { $what }
c-copied = Copied.
c-print = Print

## Said by the examples of the gallery only
c-example-responsible = responsible for 50667
c-example-not-responsible = not responsible for 50667
c-example-distance = 3 km away
c-example-distance-far = 24 km away
c-example-reason-words = “Schulden” is in the name of the offer.
c-example-reason-place = The centre is responsible for 50667.
c-example-appointment = Next free appointment: Monday, 30 November, 9:00
c-example-open-now = Open now, until 17:00
c-example-closed = Closed today.
c-example-next = Open again: tomorrow, 9:00
c-example-mode-person = in person
c-example-mode-phone = by phone
c-example-mode-video = by video
c-example-wheelchair = wheelchair access
c-example-weekday =
    { $weekday ->
        [1] Monday
        [2] Tuesday
        [3] Wednesday
        [4] Thursday
        [5] Friday
        [6] Saturday
       *[7] Sunday
    }
c-example-from = 24 December 2026
c-example-to = 3 January 2027
c-example-time = 9:00
c-example-time-later = 9:30
c-example-nav-start = Overview
c-example-nav-centres = Centres
c-example-nav-import = Import
c-example-nav-people = People
c-gallery-title = Components of the pages
c-gallery-staff-title = Components of the workplace
c-gallery-plain-title = A card of its own
