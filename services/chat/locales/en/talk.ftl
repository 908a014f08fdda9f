### The conversation: pages of seekers and of counsellors. Short sentences, nothing about the concern.

talk-title = Conversation
talk-noscript = This needs JavaScript
talk-noscript-text = Your browser encrypts the conversation itself. It needs JavaScript for that. You can also phone: the number is with your appointment under “My appointment”.
talk-noscript-host = Your browser encrypts the conversation itself. It needs JavaScript for that.
talk-old = This browser is too old for that
talk-old-text = It cannot encrypt the conversation. Please use a newer browser, or phone: the number is with your appointment.
talk-none = The way to your conversation is missing here.
talk-none-text = Open your appointment first, with the link or with code and PIN. There you find the button “Go to the conversation”.
talk-none-host = Open the conversation from your appointments, under “Conversations”.
talk-own = To my appointment
talk-appointments = Appointments

## Before it begins
talk-start = In a moment you are in the waiting room. The counselling centre lets you in from there.
talk-name = What would you like to be called?
talk-name-hint = A made-up name is enough. You can keep the one suggested.
talk-names = Maple|Blackbird|Birch|Beech|Thistle|Oak|Alder|Ash|Falcon|Spruce|Hazel|Hedgehog|Pine|Clover|Larch|Lark|Linden|Titmouse|Poppy|Gull|Poplar|Heron|Robin|Sage|Swallow|Fir|Elm|Willow|Weasel|Wren
talk-enter = Enter the waiting room
talk-phone = Would you rather phone? The centre’s number is with your appointment.
talk-protected = What is protected, and what is not?
talk-protected-yes = Your browser encrypts what you write and send. Only those in the conversation can read it. We cannot read it, and we store nothing of it.
talk-protected-no = We cannot hide that your device is connected to us right now. And this page comes from us: you trust us not to change it.

## Waiting room
talk-wait = You are in the waiting room
talk-wait-text = Keep this page open. There is nothing you have to do.
talk-wait-leave = Leave the waiting room
talk-host-absent = Nobody from the centre is here yet. You will read it here as soon as that changes.
talk-host-here = The centre is here and will let you in in a moment.
talk-held = The centre has seen you and asks for a little patience.
talk-minutes = { $count ->
    [0] You have just arrived.
    [one] You have been waiting for one minute.
   *[other] You have been waiting for { $count } minutes.
}

## In the conversation
talk-heading = Conversation
talk-log = Messages
talk-message = Your message
talk-keys = Enter sends it, Shift and Enter makes a new line.
talk-send = Send
talk-file = Send a photo or file
talk-snippet = Ready-made text
talk-snippet-none = Choose a text
talk-snippet-hello = Hello, I am glad you are here. What brings you to me?
talk-snippet-moment = One moment please, I am looking it up.
talk-snippet-number = If the connection breaks: I am here until the end of the appointment. You can also phone.
talk-snippet-bye = Thank you for your trust. All the best, and do get in touch when you need something again.
talk-you = You
talk-someone = Somebody
talk-connecting = Connecting …
talk-connected = Connected and encrypted
talk-reconnecting = The connection is broken. We keep trying. What you write goes out afterwards.
talk-offline = Your device has no internet at the moment. What you write goes out as soon as it is back.
talk-sending = being sent
talk-sent = sent
talk-full = One moment: the other side cannot keep up.
talk-alarm = Careful: somebody has changed something in the encryption. Write nothing confidential here any more. Please phone.
talk-lost = A message could not be read. Ask for it to be sent again.
talk-restarted = The conversation was connected anew. Earlier messages are only with those who already had them.
talk-only-you = Nobody but you is here at the moment.
talk-empty = Write something first.
talk-joined = { $name } is in the conversation now.
talk-gone = { $name } has left the conversation.
talk-typing = { $name } is writing …
talk-away = { $name } has no connection at the moment.
talk-back = { $name } is back.
talk-people = In the conversation: { $count }
talk-closing = { $count ->
    [one] The room closes in one minute.
   *[other] The room closes in { $count } minutes.
}
talk-compare = Sure that nobody is reading along?
talk-compare-text = Read these four words out to each other, for example on the phone. If they are the same, nobody is reading along.
talk-compare-wait = The words appear as soon as there are two of you.
talk-compare-wrong = If they differ, write nothing confidential here and phone.
talk-file-large = The file is too large. Files up to 10 MB can be sent.
talk-file-kind = This kind of file cannot be sent. Photos (JPEG, PNG, WebP), PDF and plain text can.
talk-file-broken = The file did not arrive in one piece. Ask for it to be sent again.
talk-file-coming = is arriving
talk-file-save = Save
talk-leave = Leave the conversation
talk-leave-text = Afterwards there is nothing left to read here. Until the room closes you can come back through your appointment.
talk-leave-now = Leave now
talk-end-host = End or leave the conversation
talk-end-text = Ending closes the room for everybody, and nobody comes back. If you only leave, it stays open.
talk-end = End for everybody

## Who waits before the door (for counsellors)
talk-door = Waiting room
talk-door-nobody = Nobody is waiting.
talk-knocks = { $name } is waiting.
talk-admit = Let in
talk-hold = Ask for patience
talk-decline = Decline
talk-remove = Take out of the room
talk-lock = Lock the room
talk-unlock = Unlock the room
talk-decline-text = Some kind words
talk-decline-kind = I am sorry that I cannot talk to you today. Please phone us, and we will find another time.
talk-decline-send = Send
talk-decline-back = Rather not

## Afterwards
talk-again = Try again
talk-over-left = You have left the conversation
talk-over-left-text = Nothing of it is left on this page. As long as the room is open you can come back.
talk-over-ended = The conversation has ended
talk-over-ended-text = The centre has ended it.
talk-over-closed = The time is up
talk-over-closed-text = The room has closed. If there is more to talk about, make another appointment.
talk-over-revoked = The appointment has changed
talk-over-revoked-text = It was moved or cancelled. “My appointment” says what holds now.
talk-over-declined = It does not work out today
talk-over-declined-text = The centre cannot lead this conversation at the moment.
talk-over-removed = You are no longer in the room
talk-over-removed-text = The centre has ended the conversation with you. If you do not understand why, please phone them.
talk-over-elsewhere = The conversation goes on elsewhere
talk-over-elsewhere-text = You have opened it in another window or on another device. It goes on there.
talk-over-locked = The room is locked
talk-over-locked-text = Nobody is let in at the moment. Try again in a few minutes.
talk-over-crowded = The room is full
talk-over-crowded-text = Try again in a few minutes.
talk-over-early = The room is not open yet
talk-over-early-text = It opens 15 minutes before the appointment. Open your appointment again then.
talk-over-late = The time of this conversation is over
talk-over-late-text = You find another appointment under “My appointment” or in the search.
talk-over-forged = This link opens no conversation
talk-over-forged-text = Perhaps a part of it is missing. Open your appointment again and go to the conversation from there.
talk-over-version = This page is out of date
talk-over-version-text = It has just been renewed. Load it again to go on.
talk-over-trouble = The connection does not come about
talk-over-trouble-text = Try again. If that does not help, phone: the number is with your appointment.
talk-remains = What remains
talk-remains-text = Nothing of this conversation is stored, neither with us nor on your device. Only your browser’s history may say that you were here. Close this window if others use the device.
talk-remains-host = Nothing of this conversation is stored. What you need for your work, note in your own records.
talk-next-own = See my appointment
talk-next-find = Look for another centre
talk-next-crisis = Help in a crisis, around the clock
