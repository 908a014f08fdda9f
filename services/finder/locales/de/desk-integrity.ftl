# Der Prüfbericht im Browser.

desk-nav-integrity = Prüfbericht
desk-integrity-title = Prüfbericht
desk-integrity-all = Ganzer Prüfbericht
desk-integrity-lead = Geprüft: { $centres } Stellen mit { $offers } Angeboten.
desk-integrity-own = Gezeigt werden nur Stellen aus Ihren Listen.
desk-integrity-none = Alles in Ordnung
desk-integrity-none-text = Bei der Prüfung ist nichts aufgefallen.
desk-integrity-count = { $count } ×
desk-integrity-table = Als Tabelle (CSV)
desk-integrity-more = Alle zeigen: { $what }
desk-integrity-decide = Dubletten entscheiden
desk-integrity-no-detail = –
desk-integrity-column-what = Befund
desk-integrity-column-todo = Was zu tun ist
desk-integrity-column-list = Liste
desk-integrity-column-number = Kennung
desk-integrity-column-centre = Stelle
desk-integrity-column-detail = Einzelheit
