# Conversations at the workplace: who waits, and the way in.
desk-talk-tab = Conversations
desk-talk-text = Your conversations of the next twelve hours. The room opens 15 minutes before the appointment and closes 30 minutes after it. Only you see who is waiting.
desk-talk-none = You have no chats in the next twelve hours.
desk-talk-enter = Go to the conversation
desk-talk-later = opens at { $time }
desk-talk-opens = The conversation opens at { $time }.
desk-talk-colleague = The conversation is led by whose appointment it is. If you want to lead it, have the appointment handed over to you.
desk-talk-nobody = Room open, nobody there yet
desk-talk-talking = Conversation under way
desk-talk-waiting = { $count ->
    [one] One person is waiting
   *[other] { $count } people are waiting
}
desk-talk-since = { $minutes ->
    [0] just arrived
    [one] for one minute
   *[other] for { $minutes } minutes
}
desk-talk-news = { $count ->
    [0] Nobody is waiting.
    [one] One person is waiting for a conversation.
   *[other] { $count } people are waiting for a conversation.
}
desk-talk-sound = Sound when somebody arrives
desk-talk-notify = Browser notification when somebody arrives
desk-talk-offline = The list is not up to date at the moment. It keeps trying.
desk-talk-reload = Load the page again to see who is waiting. The conversation itself needs JavaScript.

# Open consultation hours
desk-open-title = Open consultation hours
desk-open-text = At these times seekers can chat with you without an appointment. Public holidays and closures hold here, too.
desk-open-none = No open consultation hours are set.
desk-open-change = Change the open hours
desk-open-day = Weekday
desk-open-day-none = no day
desk-open-done = The open consultation hours are saved.
desk-open-wrong-day = Choose a weekday, or empty the row.
desk-open-wrong-row = Something is wrong in a row. It says there what.
desk-open-wrong-overlap = Two times of one day overlap. Make them one.
desk-open-wrong-many = More than 30 times are not possible.
audit-booking-open-hours-set = Open consultation hours changed
desk-talk-queue = { $count ->
    [0] Nobody is waiting at the moment
    [one] One person is waiting
   *[other] { $count } people are waiting
}
desk-talk-queue-until = Open until { $time }. Whoever of you takes somebody first talks to them. While this page is open, those who wait see that somebody is there.
desk-talk-queue-take = Take the next person
desk-talk-queue-nobody = Nobody is waiting any more
desk-talk-queue-nobody-text = A colleague was faster, or the person has left.
desk-talk-queue-nobody-next = To the conversations

# Handing over a conversation that is going on
desk-talk-handover = Handed over by { $name }
desk-talk-handover-waits = Somebody would like to go on talking with you
desk-talk-handover-text = The room closes at { $time }. You do not see what was said so far.
desk-talk-handover-take = Take over the conversation
desk-talk-handover-kept = The conversation is no longer handed over
desk-talk-handover-kept-text = It was taken back, handed to somebody else, or its time is over.
