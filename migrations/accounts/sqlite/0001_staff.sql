-- People who work with the product: what they may do, how they sign in, their sessions, and the trail of what they did.
-- Secrets are not in here: links and cookies as SHA-256 only, second-factor secrets and passkeys sealed.
-- mail is folded to lower case; search is what the list of people looks in and sorts by.
CREATE TABLE person (
    id                     TEXT NOT NULL PRIMARY KEY CHECK (length(id) BETWEEN 1 AND 100),
    display_name           TEXT NOT NULL CHECK (length(display_name) BETWEEN 1 AND 100),
    mail                   TEXT NOT NULL UNIQUE CHECK (length(mail) BETWEEN 3 AND 254 AND mail LIKE '%_@_%'),
    search                 TEXT NOT NULL,
    lang                   TEXT NOT NULL CHECK (length(lang) BETWEEN 2 AND 20),
    state                  TEXT NOT NULL CHECK (state IN ('invited', 'active', 'disabled')),
    password_hash          TEXT CHECK (length(password_hash) BETWEEN 20 AND 500),
    totp_sealed            BLOB,
    totp_last_step         INTEGER CHECK (totp_last_step >= 0),
    second_factor_required INTEGER NOT NULL CHECK (second_factor_required IN (0, 1)),
    languages              TEXT NOT NULL,
    topics                 TEXT NOT NULL,
    oidc_issuer            TEXT CHECK (length(oidc_issuer) BETWEEN 1 AND 500),
    oidc_subject           TEXT CHECK (length(oidc_subject) BETWEEN 1 AND 500),
    created_at             INTEGER NOT NULL,
    changed_at             INTEGER NOT NULL,
    UNIQUE (oidc_issuer, oidc_subject),
    CHECK ((totp_sealed IS NULL) = (totp_last_step IS NULL)),
    CHECK ((oidc_issuer IS NULL) = (oidc_subject IS NULL))
) STRICT;

CREATE INDEX person_by_search ON person (search, id);

-- A grant without a scope has the empty text, because a key has no NULL.
CREATE TABLE person_grant (
    person_id TEXT NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    role      TEXT NOT NULL CHECK (role IN ('administrator', 'association_administrator', 'centre_manager', 'counsellor')),
    scope     TEXT NOT NULL CHECK (length(scope) <= 200),
    PRIMARY KEY (person_id, role, scope),
    CHECK ((role = 'administrator') = (scope = ''))
) STRICT;

CREATE INDEX person_grant_by_scope ON person_grant (scope, role, person_id);

CREATE TABLE invitation (
    id              TEXT NOT NULL PRIMARY KEY CHECK (length(id) BETWEEN 1 AND 100),
    person_id       TEXT NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    token_hash      BLOB NOT NULL UNIQUE CHECK (length(token_hash) = 32),
    invited_by_id   TEXT NOT NULL,
    invited_by_name TEXT NOT NULL,
    created_at      INTEGER NOT NULL,
    expires_at      INTEGER NOT NULL CHECK (expires_at > created_at),
    accepted_at     INTEGER,
    withdrawn_at    INTEGER,
    CHECK (accepted_at IS NULL OR withdrawn_at IS NULL)
) STRICT;

CREATE INDEX invitation_by_person ON invitation (person_id, id);

CREATE TABLE setup (
    one        INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
    id         TEXT NOT NULL,
    token_hash BLOB NOT NULL CHECK (length(token_hash) = 32),
    created_at INTEGER NOT NULL,
    used_at    INTEGER
) STRICT;

CREATE TABLE session (
    id               TEXT NOT NULL PRIMARY KEY CHECK (length(id) BETWEEN 1 AND 100),
    person_id        TEXT NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    token_hash       BLOB NOT NULL UNIQUE CHECK (length(token_hash) = 32),
    created_at       INTEGER NOT NULL,
    last_seen_at     INTEGER NOT NULL,
    authenticated_at INTEGER NOT NULL,
    second_factor    INTEGER NOT NULL CHECK (second_factor IN (0, 1)),
    browser          TEXT NOT NULL CHECK (length(browser) BETWEEN 1 AND 40),
    ended_at         INTEGER,
    end_reason       TEXT CHECK (length(end_reason) BETWEEN 1 AND 40),
    CHECK ((ended_at IS NULL) = (end_reason IS NULL))
) STRICT;

CREATE INDEX session_by_person ON session (person_id, id);

CREATE TABLE known_device (
    person_id     TEXT NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    device_hash   BLOB NOT NULL CHECK (length(device_hash) = 32),
    first_seen_at INTEGER NOT NULL,
    last_seen_at  INTEGER NOT NULL,
    PRIMARY KEY (person_id, device_hash)
) STRICT;

CREATE INDEX known_device_by_hash ON known_device (device_hash, person_id);

CREATE TABLE recovery_code (
    person_id  TEXT NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    code_hash  BLOB NOT NULL CHECK (length(code_hash) = 32),
    created_at INTEGER NOT NULL,
    used_at    INTEGER,
    PRIMARY KEY (person_id, code_hash)
) STRICT;

CREATE TABLE passkey (
    id            TEXT NOT NULL PRIMARY KEY CHECK (length(id) BETWEEN 1 AND 100),
    person_id     TEXT NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    name          TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
    credential_id BLOB NOT NULL UNIQUE CHECK (length(credential_id) BETWEEN 1 AND 1023),
    body          BLOB NOT NULL,
    created_at    INTEGER NOT NULL,
    last_used_at  INTEGER
) STRICT;

CREATE INDEX passkey_by_person ON passkey (person_id, id);

CREATE TABLE mail_change (
    id           TEXT NOT NULL PRIMARY KEY CHECK (length(id) BETWEEN 1 AND 100),
    person_id    TEXT NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    old_mail     TEXT NOT NULL,
    new_mail     TEXT NOT NULL,
    token_hash   BLOB NOT NULL UNIQUE CHECK (length(token_hash) = 32),
    created_at   INTEGER NOT NULL,
    expires_at   INTEGER NOT NULL CHECK (expires_at > created_at),
    confirmed_at INTEGER,
    withdrawn_at INTEGER,
    CHECK (confirmed_at IS NULL OR withdrawn_at IS NULL)
) STRICT;

CREATE INDEX mail_change_by_person ON mail_change (person_id, id);

-- A reset asked for with an unknown address has no person: it is written all the same, so that both take as long.
CREATE TABLE password_reset (
    id         TEXT NOT NULL PRIMARY KEY CHECK (length(id) BETWEEN 1 AND 100),
    person_id  TEXT REFERENCES person (id) ON DELETE CASCADE,
    token_hash BLOB NOT NULL UNIQUE CHECK (length(token_hash) = 32),
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL CHECK (expires_at > created_at),
    used_at    INTEGER
) STRICT;

CREATE INDEX password_reset_by_person ON password_reset (person_id, id);

CREATE TABLE audit (
    id          TEXT NOT NULL PRIMARY KEY CHECK (length(id) BETWEEN 1 AND 100),
    at          INTEGER NOT NULL,
    actor_id    TEXT NOT NULL,
    actor_name  TEXT NOT NULL,
    action      TEXT NOT NULL CHECK (length(action) BETWEEN 1 AND 60),
    object_kind TEXT NOT NULL,
    object_id   TEXT NOT NULL,
    object_name TEXT NOT NULL,
    detail      TEXT NOT NULL
) STRICT;

CREATE INDEX audit_by_time ON audit (at, id);

-- Mails that are still to be sent: what about, not what it says. The text is written when it is sent.
CREATE TABLE mail (
    id           TEXT    NOT NULL PRIMARY KEY CHECK (length(id) BETWEEN 1 AND 200),
    kind         TEXT    NOT NULL CHECK (length(kind) BETWEEN 1 AND 60),
    object_id    TEXT    NOT NULL CHECK (length(object_id) BETWEEN 1 AND 200),
    lang         TEXT    NOT NULL CHECK (length(lang) BETWEEN 2 AND 20),
    detail       TEXT    CHECK (length(detail) BETWEEN 1 AND 1000),
    created_at   INTEGER NOT NULL,
    due_at       INTEGER NOT NULL,
    next_try_at  INTEGER NOT NULL,
    give_up_at   INTEGER NOT NULL CHECK (give_up_at > due_at),
    leased_until INTEGER,
    lease_id     TEXT    CHECK (length(lease_id) BETWEEN 1 AND 100),
    attempts     INTEGER NOT NULL CHECK (attempts >= 0),
    state        TEXT    NOT NULL CHECK (state IN ('waiting', 'given_up')),
    last_problem TEXT    CHECK (length(last_problem) BETWEEN 1 AND 60),
    CHECK ((leased_until IS NULL) = (lease_id IS NULL)),
    CHECK (state = 'waiting' OR lease_id IS NULL)
) STRICT;

CREATE INDEX mail_by_next_try ON mail (state, next_try_at, id);

CREATE INDEX mail_by_object ON mail (object_id, id);
