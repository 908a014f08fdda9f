# The integrity report in the browser.

desk-nav-integrity = Integrity report
desk-integrity-title = Integrity report
desk-integrity-all = Whole report
desk-integrity-lead = Checked: { $centres } centres with { $offers } offers.
desk-integrity-own = Only centres of your lists are shown.
desk-integrity-none = All is well
desk-integrity-none-text = The check found nothing.
desk-integrity-count = { $count } ×
desk-integrity-table = As a table (CSV)
desk-integrity-more = Show all: { $what }
desk-integrity-decide = Decide on duplicates
desk-integrity-no-detail = –
desk-integrity-column-what = Finding
desk-integrity-column-todo = What to do
desk-integrity-column-list = List
desk-integrity-column-number = Id
desk-integrity-column-centre = Centre
desk-integrity-column-detail = Detail
