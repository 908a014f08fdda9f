### Sign-in, invitation, set-up

accounts-when = { $day }/{ $month }/{ $year }, { $time }
accounts-continue = Continue
accounts-save = Save
accounts-wait =
    { $minutes ->
        [one] That was too many tries. Please wait a minute and try again.
       *[other] That was too many tries. Please wait { $minutes } minutes and try again.
    }
accounts-mail-label = Email address
accounts-mail-invalid = Enter an email address, for example name@example.org.
accounts-mail-taken = This email address belongs to another account.
accounts-name-label = Name
accounts-name-hint = This is how colleagues and people seeking help see you.
accounts-name-invalid = Enter a name of at most 100 characters.
accounts-to-sign-in = Go to sign-in

## Sign-in

accounts-sign-in-title = Sign in
accounts-sign-in-lead = For people who work at a counselling centre or in administration.
accounts-sign-in-button = Sign in
accounts-sign-in-wrong = The email address and the password do not match.
accounts-sign-in-other = Other ways
accounts-sign-in-passkey = Sign in with a passkey
accounts-sign-in-single = Sign in with { $provider }
accounts-sign-in-seekers = Looking for help? You need no account for that.
accounts-sign-in-seekers-link = Go to the search
accounts-done-signed-out = You are signed out.
accounts-done-password-reset = Your new password is set. Sign in with it.
accounts-done-mail-changed = Your new email address is set.

## Password

accounts-password-label = Password
accounts-password-new = New password
accounts-password-title = New password
accounts-password-advice = Best is a sentence of several words, 15 characters or more. At least 12 characters. Spaces are allowed.
accounts-password-save = Save password
accounts-password-short = The password is too short. It needs at least { $shortest } characters.
accounts-password-long = The password is too long. It may have at most { $longest } characters.
accounts-password-common = This password is easy to guess. Take four words that have nothing to do with each other, for example.
accounts-password-own = This password is made of your name or your email address. Choose something else.

## Second step

accounts-code-title = Second step
accounts-code-lead = Good day, { $name }. Please show in a second way that it is you.
accounts-code-label = Code from the app
accounts-code-hint = 6 digits. Each code works once and for about a minute.
accounts-code-wrong = The code is not right or has expired. Enter the code that the app shows now.
accounts-code-passkey-heading = Passkey
accounts-code-passkey = Confirm with a passkey
accounts-code-lost = You have neither app nor passkey nor recovery codes? Ask an administrator for help.
accounts-start-again = Sign in with another account
accounts-recovery-summary = I do not have my app or passkey with me
accounts-recovery-label = Recovery code
accounts-recovery-hint = 16 characters from your sheet. Each code works once.
accounts-recovery-button = Sign in with this code
accounts-recovery-wrong = The code is not right or has been used.

## Setting up the second factor

accounts-set-up-title = Set up the second step
accounts-set-up-lead = Good day, { $name }. A password alone is not enough for this data. Set up a passkey or an app.
accounts-set-up-later = Sign out and set up later
accounts-set-up-passkey-heading = Passkey
accounts-set-up-passkey-text = You confirm with your fingerprint, your face or the PIN of your device. This is secure and the fastest way.
accounts-set-up-app-heading = App with codes
accounts-app-step-install = Open an app for one-time codes on your phone, for example FreeOTP, Aegis or the app of your organisation.
accounts-app-step-scan = Scan this picture with the app.
accounts-app-step-code = Enter the code that the app shows.
accounts-app-picture = Picture to scan with the app. The key as text is below.
accounts-app-by-hand = I cannot scan a picture
accounts-app-secret = Enter this key into the app. Capitals and spaces make no difference.

## Passkeys

accounts-passkey-make = Create a passkey
accounts-passkey-default = Passkey
accounts-passkey-failed = That did not work with the passkey. Try again or choose another way.
accounts-passkey-waiting = Please confirm on your device now.
accounts-passkey-none = This browser has no passkeys.
accounts-passkey-script = Passkeys need JavaScript. The other ways work without it.

## Forgotten password

accounts-forgotten-link = Forgot your password?
accounts-forgotten-title = Forgotten password
accounts-forgotten-lead = We send you a link with which you choose a new password.
accounts-forgotten-button = Send link
accounts-forgotten-sent-title = Check your email
accounts-forgotten-sent = If there is an account with this address, we have sent you a link. It works for an hour. Look into your spam folder, too.
accounts-reset-lead = Choose your new password. After that you are signed out everywhere.

## Links

accounts-link-label = Link or code
accounts-link-hint = Paste the whole link, or only the part after the sign #.
accounts-link-invalid = This link does not work, or not any more. Ask for a new one.
accounts-link-first-title = First set-up
accounts-link-first-lead = The first start shows a link on the screen. With it you create the first account.
accounts-link-first-invalid = This link does not work. It works only until it is used or the program starts again. Take the link of the last start.
accounts-link-invitation-title = Invitation
accounts-link-invitation-lead = You received an invitation by email. The link in it leads you here.
accounts-link-invitation-invalid = This invitation does not work, or not any more. Ask the person who invited you for a new one.
accounts-link-reset-title = New password
accounts-link-reset-lead = You received a link by email. With it you choose a new password.
accounts-link-mail-title = Confirm new email address
accounts-link-mail-lead = You received a link at your new address. With it you confirm that the address is yours.
accounts-mail-change-lead = From now on you sign in with { $mail }, and we write to you there.
accounts-mail-change-button = Confirm address

## First set-up

accounts-first-title = The first account
accounts-first-lead = This account may do everything: invite people, give rights, import lists.
accounts-first-mail-hint = You sign in with it.
accounts-first-button = Create account

## Invitation

accounts-invitation-title = Welcome
accounts-invitation-lead = { $by } has invited { $mail }. This is what you may do here:
accounts-invitation-expires = The invitation is good until { $when }.
accounts-invitation-password-heading = With a password
accounts-invitation-accept = Accept invitation
accounts-invitation-passkey-heading = With a passkey
accounts-invitation-accept-passkey = Accept invitation with a passkey
accounts-invitation-single-heading = With the account of your organisation
accounts-invitation-single-text = This works if your account there has the address { $mail }.

## Confirming again

accounts-again-title = Please confirm
accounts-again-lead = What you are about to change protects your account. Show once more that it is you. It counts for ten minutes.
accounts-again-passkey-heading = With a passkey
accounts-again-wrong = The password is not right.
accounts-again-single = Confirm with { $provider }

## Sign-in through a provider

accounts-single-title = Sign-in not possible
accounts-single-unknown = { $provider } knows you, but there is no account for you here. Ask an administrator for an invitation to your email address.
accounts-single-taken = Your account at { $provider } is connected with another account already.
accounts-single-stopped = The sign-in at { $provider } was stopped. You can try again.
accounts-single-stray = This sign-in was not begun in this browser, or it took too long. Try again.
accounts-single-unavailable = { $provider } does not answer properly at the moment. Try again later, or sign in in another way.
