# Mails to people who work with the program. Plain text; subjects are neutral.
mail-greeting = Hello { $name },
mail-footer =
    --
    This mail was sent automatically. Please do not reply.

mail-invitation =
    { $by } has invited you to set up an account.

    Please open this link:
    { $link }

    The link works for seven days and only once. Do not pass it on.
    If this means nothing to you, you need not do anything.
    .subject = Your invitation

mail-grants-added =
    Your account has been given new tasks. You will see them the next time you sign in.
    .subject = New tasks in your account

mail-password-reset =
    Somebody wants to set a new password for your account. If it is you, open this link:
    { $link }

    The link works for one hour and only once. Do not pass it on.
    If it was not you, you need not do anything: your password stays as it is.
    .subject = New password

mail-mail-change-confirm =
    This address is to become the new address of your account. Confirm it with this link:
    { $link }

    The link works for 24 hours and only once.
    If it was not you, you need not do anything.
    .subject = Please confirm your new address

mail-mail-change-requested =
    Another mail address was entered for your account. It does not count before it is confirmed.

    If it was not you, please change your password now and tell your administrator.
    .subject = Your mail address is to change

mail-mail-changed =
    Your account has another mail address now. We will not write to this address any more.

    If it was not you, please tell your administrator at once.
    .subject = Your mail address was changed

mail-new-device =
    Somebody signed in to your account with a browser that we do not know yet:
    { $browser }, { $system }

    If it was you, all is well.
    If not, please change your password now and end all other sessions under “My account”.
    .subject = Sign-in with a new browser

mail-password-changed =
    The password of your account was changed. All other sessions were ended.

    If it was not you, please tell your administrator at once.
    .subject = Your password was changed

mail-factor-changed =
    The way to sign in to your account was changed:
    { $what }

    If it was not you, please change your password now and tell your administrator.
    .subject = Your sign-in was changed

mail-factor-totp-set = An app for one-time codes was set up.
mail-factor-totp-removed = The app for one-time codes was removed.
mail-factor-recovery-renewed = New recovery codes were made. The old ones do not work any more.
mail-factor-recovery-used = A recovery code was used.
mail-factor-passkey-added = A passkey was added.
mail-factor-passkey-removed = A passkey was removed.
mail-factor-person-factors-removed = Your administrator removed all second factors. You will set up a new one the next time you sign in.
mail-factor-oidc-linked = An account for single sign-on was linked.
mail-factor-oidc-unlinked = The account for single sign-on was unlinked.

mail-browser-firefox = Firefox
mail-browser-chrome = Chrome
mail-browser-safari = Safari
mail-browser-edge = Edge
mail-browser-other = another browser

mail-system-linux = Linux
mail-system-windows = Windows
mail-system-macos = macOS
mail-system-android = Android
mail-system-ios = iPhone or iPad
mail-system-other = another system
