### Crisis lines

crisis-title = Help right now
crisis-lead = Is it urgent? Someone listens to you here.
crisis-danger-heading = If a life is in danger
crisis-danger-text = Are you or someone else in danger? Are you thinking of hurting yourself? Call 112. You may call even if you are not sure.
crisis-deaf-heading = You cannot make calls?
crisis-deaf-text = For deaf people there is the emergency app “nora” of the German states. TelefonSeelsorge also answers by mail and chat.
crisis-calls-heading = Does the call stay visible?
crisis-calls-text = Your phone shows the number in its call list. You can delete it there. Free numbers are usually not on the bill.
