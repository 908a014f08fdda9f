### For people seeking help while very much is going on: a short check, a short wait.

seek-wait-minutes =
    { $minutes ->
        [one] one minute
       *[other] { $minutes } minutes
    }
seek-wait-hours =
    { $hours ->
        [one] one hour
       *[other] { $hours } hours
    }

## A check before a time is kept free

seek-title-proof = Appointment: one moment
seek-proof-heading = One moment, please
seek-proof-lead = Very many people are asking for appointments right now. We check briefly, so that no program takes all the times. We learn nothing about you by it.
seek-proof-working = One moment, please, we are checking … It goes on by itself.
seek-proof-longer = It takes longer on this device. Wait, or go on like this:
seek-proof-done = Done. On we go.
seek-proof-tried = It did not work by itself. This works, too:
seek-proof-wait =
    { $seconds ->
        [one] Wait one second. Then press “Continue”.
       *[other] Wait { $seconds } seconds. Then press “Continue”.
    }
seek-proof-next = Continue
seek-proof-meeting = The time you chose

## Too much at once

seek-title-limited = Appointment: please wait
seek-limited-times-heading = Please wait a little
seek-limited-times-text = Very many appointments have just been chosen over your internet connection, perhaps by others. Wait { $wait }. Then press “Continue”. What you entered is still there.
seek-limited-times-next = Continue
seek-limited-entries-text = Very many entries in waiting lists have just been made from your internet connection, perhaps by others. Wait { $wait }. Then press “Continue”. What you entered is still there.
seek-limited-walk-ins-text = Very many have just come to open consultation hours from your internet connection, perhaps others. Wait { $wait }. Then press “Continue”.
seek-limited-tries-heading = Too many tries
seek-limited-tries-text = A wrong PIN was entered too often over your internet connection, perhaps by others. Wait { $wait }. Then press “Continue”.
seek-limited-tries-next = Continue
seek-limited-tries-link = With the link from your receipt or email you get in at once:
seek-limited-moves-heading = The appointment cannot be moved right now
seek-limited-moves-text = It has been moved several times within the last 24 hours. Your appointment stays as it is. You have to wait this long: { $wait }.
seek-limited-moves-next = Back to the appointment
seek-limited-call = Is it urgent? Call:
seek-limited-call-centre = Is it urgent? Call the centre where you have the appointment.
