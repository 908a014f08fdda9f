### The own account

accounts-account-title = My account
accounts-rights-heading = Rights
accounts-role-administrator = Administration
accounts-role-association-administrator = Administration of a list
accounts-role-centre-manager = Management
accounts-role-counsellor = Counselling
accounts-profile-heading = About you
accounts-profile-title = Change your details
accounts-profile-languages = Languages you counsel in
accounts-profile-languages-hint = People seeking help see this.
accounts-profile-topics = Topics you counsel on
accounts-profile-topics-hint = People seeking help see this.
accounts-profile-lang = Language of our emails to you
accounts-profile-lang-hint = You choose the language of the pages at the top.
accounts-done-saved = Saved.
accounts-security-heading = Sign-in and security
accounts-password-set = Set
accounts-password-none = Not set
accounts-password-others-end = All other sessions end. You get an email about it.
accounts-done-password = Your new password is set. Other sessions have ended.
accounts-last-factor = This cannot be done: it is your last secure way to sign in. Set up another one first.

## Passkeys

accounts-passkeys-title = Passkeys
accounts-passkeys-lead = With a passkey you sign in without a password. It is best to create one on each of two devices.
accounts-passkeys-count =
    { $count ->
        [0] None
        [one] One
       *[other] { $count }
    }
accounts-passkeys-empty = You have no passkey yet.
accounts-passkey-created = Created on { $when }.
accounts-passkey-used = Last used on { $when }.
accounts-passkey-name = Name of the passkey
accounts-passkey-name-hint = For example “work phone”.
accounts-passkey-rename = Rename
accounts-passkey-remove = Remove “{ $name }”
accounts-passkey-new-heading = New passkey
accounts-done-passkey-added = The passkey is created.
accounts-done-passkey-removed = The passkey is removed. Delete it on the device, too.

## App

accounts-app-title = App with codes
accounts-app-set = Set up
accounts-app-none = Not set up
accounts-app-lead = An app on your phone shows codes that work for a short time. You need them after the password.
accounts-app-replace = Your app is set up. New phone? Set up the app again here; the old one then no longer works.
accounts-app-save = Set up app
accounts-app-remove-title = Remove app
accounts-app-remove-text = Its codes then no longer work.
accounts-app-remove = Remove app
accounts-done-app = The app is set up.
accounts-done-app-removed = The app is removed.

## Recovery

accounts-recovery-title = Recovery codes
accounts-recovery-lead = With such a code you sign in when you do not have your app or passkey with you.
accounts-recovery-count =
    { $count ->
        [0] You have no codes.
        [one] You have one code left.
       *[other] You have { $count } codes left.
    }
accounts-recovery-new = Make new codes
accounts-recovery-new-text = The old codes then no longer work.
accounts-recovery-needs-factor = Set up a passkey or an app first:
accounts-recovery-once-title = You see these codes only now
accounts-recovery-once = Print them or write them down. Keep the sheet like a key.
accounts-recovery-list = Recovery codes for { $name }
accounts-recovery-use = Each code works once. Cross out the ones you used.
accounts-recovery-kept = I have the codes, continue

## Sessions

accounts-sessions-title = Sessions
accounts-sessions-lead = This is where you are signed in. A session ends after 30 minutes without a click, and after 10 hours in any case.
accounts-session-browser = Browser
accounts-session-since = Signed in
accounts-session-seen = Last used
accounts-session-action = End
accounts-session-current = This session
accounts-session-end = End
accounts-session-end-others = End all others
accounts-session-name = { $browser } on { $system }
accounts-browser-firefox = Firefox
accounts-browser-chrome = Chrome
accounts-browser-safari = Safari
accounts-browser-edge = Edge
accounts-browser-other = Another browser
accounts-system-linux = Linux
accounts-system-windows = Windows
accounts-system-macos = macOS
accounts-system-android = Android
accounts-system-ios = iOS
accounts-system-other = another system
accounts-done-session-ended = The session has ended.
accounts-done-others-ended = All other sessions have ended.

## Email address

accounts-own-mail-title = Change email address
accounts-own-mail-lead = You now sign in with { $mail }.
accounts-own-mail-new = New email address
accounts-own-mail-button = Send link to the new address
accounts-mail-pending = { $mail } is not confirmed yet.
accounts-done-mail-asked = We have sent a link to the new address. It works for 24 hours. Until you open it, nothing changes.

## Provider

accounts-single-heading = Account of your organisation
accounts-single-linked = You can sign in with { $provider }.
accounts-single-unlinked = Connect your account, and you can sign in with { $provider } as well.
accounts-single-link = Connect with { $provider }
accounts-single-unlink = Disconnect
accounts-done-linked = Your account is connected.
accounts-done-unlinked = Your account is disconnected.
