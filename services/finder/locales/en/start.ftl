### Start page

start-title = Find support
start-heading = Free support near you
start-lead = For debt, addiction, having no home and other hard times. Write what is going on. We show you who helps.
start-promise-free = free
start-promise-no-account = no sign-up
start-promise-anonymous = anonymous: we keep nothing
start-topics-heading = Or choose what fits
start-topics-hint = After that we only ask where you are.
start-how-heading = How it works
start-how-search = You search. A town or a postcode is enough.
start-how-contact = You call or write. The centre tells you if you need an appointment.
start-how-talk = Someone trained listens to you and helps you with the next steps. What you say stays private.
start-more-traces = What traces stay on this device?
start-more-help = How does the search work?
