### Workplace: start, people, trail

accounts-nav-start = Start
accounts-nav-people = People
accounts-nav-trail = Trail
accounts-start-greeting = Good day, { $name }
accounts-start-attention = What is waiting
accounts-start-nothing = Nothing is waiting for you at the moment.
accounts-start-profile = People seeking help do not see yet in which languages and on which topics you counsel.
accounts-start-profile-link = Complete your details
accounts-attention-recovery =
    { $count ->
        [0] You have no recovery codes. Without app and passkey you then cannot get in.
        [one] You have only one recovery code left.
       *[other] You have only { $count } recovery codes left.
    }

## People

accounts-people-search = Name or email address
accounts-people-states = By state
accounts-people-state = State
accounts-people-no-factor = without second factor
accounts-people-count =
    { $count ->
        [0] Nobody found.
        [one] One person.
       *[other] { $count } people.
    }
accounts-state-all = All
accounts-state-invited = Invited
accounts-state-active = Active
accounts-state-disabled = Disabled
accounts-done-invited = The invitation is on its way. It is good for seven days.
accounts-done-grant-added = The right is given.
accounts-done-taken-back = The invitation is withdrawn.

## Inviting

accounts-invite-title = Invite a person
accounts-invite-lead = The person gets an email with a link. It works for seven days and once.
accounts-invite-name-hint = The person can change it when accepting.
accounts-invite-language = Language of the email
accounts-invite-button = Send invitation

## Rights

accounts-role-administrator-hint = May do everything.
accounts-role-association-administrator-hint = Imports the list of an association.
accounts-role-centre-manager-hint = Keeps the entry of a centre and invites colleagues.
accounts-role-counsellor-hint = Counsels at a centre.
accounts-grant-role = What may the person do?
accounts-grant-role-missing = Choose a right that you may give.
accounts-grant-search = Search for a centre
accounts-grant-search-hint = For management and counselling: name, town or postcode.
accounts-grant-search-button = Search
accounts-grant-nothing-found = There is no such centre.
accounts-grant-centre = At which centre?
accounts-grant-centre-missing = Choose a centre. Search for it first if it is not among the choices.
accounts-grant-source = Which list?
accounts-grant-source-missing = Choose a list.
accounts-grant-add = Give a right
accounts-grant-add-button = Give right
accounts-grant-withdraw = Withdraw
accounts-last-administrator = This cannot be done: somebody who may do everything must remain.

## A person

accounts-person-own = This is you.
accounts-person-since = Created
accounts-person-factor = Second factor
accounts-person-factor-set = Set up
accounts-person-factor-none = Not set up
accounts-person-trail = See in the trail
accounts-person-invitation = Invitation
accounts-person-invitation-over = The invitation has expired.
accounts-person-access = Access
accounts-person-end-sessions = End all sessions
accounts-invitation-resend = Send again
accounts-invitation-given-up = The mail with the invitation has not arrived
accounts-invitation-given-up-text = It could not be delivered and is not tried any more. Check the address { $mail }. If it is right, send the invitation again. If not, withdraw the invitation and invite anew.
accounts-invitation-withdraw-title = Withdraw invitation
accounts-invitation-withdraw-text = The link then no longer works, and the person disappears from the list.
accounts-invitation-withdraw = Withdraw invitation
accounts-factor-required = This person needs a second factor.
accounts-factor-optional = This person needs no second factor, as long as none of her rights asks for one.
accounts-factor-make-required = Require a second factor
accounts-factor-make-optional = No longer require it
accounts-factor-remove-title = App and passkeys lost
accounts-factor-remove-text = App, passkeys and recovery codes then no longer work. All sessions end. At the next sign-in the person sets up everything anew. Make sure first that it is really her who asks for it.
accounts-factor-remove = Reset second factor
accounts-disable-title = Disable account
accounts-disable-text = All sessions end at once, and the person can no longer sign in. You can enable the account again.
accounts-disable = Disable account
accounts-enable = Enable account
accounts-done-grant-withdrawn = The right is withdrawn.
accounts-done-disabled = The account is disabled. All sessions have ended.
accounts-done-enabled = The account is enabled.
accounts-done-sessions-ended = All sessions have ended.
accounts-done-resent = The invitation is on its way again. The old link no longer works.
accounts-done-factors-removed = The second factor is reset.

## Trail

accounts-trail-lead = What people changed here. There is nothing in it about people seeking help.
accounts-trail-search = Name of a person or thing
accounts-trail-person = Only entries about one person.
accounts-trail-all = Show all
accounts-trail-when = When
accounts-trail-who = Who
accounts-trail-what = What
accounts-trail-object = To what
accounts-trail-detail = More
accounts-trail-empty = No entries.
accounts-trail-newest = To the newest
accounts-trail-older = Older entries

audit-setup-completed = First set-up completed
audit-person-invited = Person invited
audit-invitation-renewed = Invitation sent again
audit-invitation-withdrawn = Invitation withdrawn
audit-invitation-accepted = Invitation accepted
audit-person-grants-changed = Rights changed
audit-person-disabled = Account disabled
audit-person-enabled = Account enabled
audit-person-second-factor-rule = Second factor rule changed
audit-person-factors-removed = Second factor reset
audit-person-sessions-ended = All sessions ended
audit-session-started = Signed in
audit-session-renewed = Identity confirmed
audit-session-ended = Session ended
audit-session-others-ended = All other sessions ended
audit-profile-changed = Details changed
audit-mail-change-requested = New email address requested
audit-mail-changed = Email address changed
audit-password-changed = Password changed
audit-password-reset = Password set by link
audit-totp-set = App set up
audit-totp-removed = App removed
audit-recovery-renewed = New recovery codes
audit-recovery-used = Recovery code used
audit-passkey-added = Passkey created
audit-passkey-renamed = Passkey renamed
audit-passkey-removed = Passkey removed
audit-oidc-linked = Account of the organisation connected
audit-oidc-unlinked = Account of the organisation disconnected
