-- People who work with the product: what they may do, how they sign in, their sessions, and the trail of what they did.
-- Keys sort by bytes (COLLATE "C") as on SQLite, whatever the server's language.
-- Secrets are not in here: links and cookies as SHA-256 only, second-factor secrets and passkeys sealed.
-- mail is folded to lower case; search is what the list of people looks in and sorts by.
CREATE TABLE person (
    id                     TEXT COLLATE "C" NOT NULL PRIMARY KEY CHECK (length(id) BETWEEN 1 AND 100),
    display_name           TEXT NOT NULL CHECK (length(display_name) BETWEEN 1 AND 100),
    mail                   TEXT COLLATE "C" NOT NULL UNIQUE CHECK (length(mail) BETWEEN 3 AND 254 AND mail LIKE '%_@_%'),
    search                 TEXT COLLATE "C" NOT NULL,
    lang                   TEXT NOT NULL CHECK (length(lang) BETWEEN 2 AND 20),
    state                  TEXT NOT NULL CHECK (state IN ('invited', 'active', 'disabled')),
    password_hash          TEXT CHECK (length(password_hash) BETWEEN 20 AND 500),
    totp_sealed            BYTEA,
    totp_last_step         BIGINT CHECK (totp_last_step >= 0),
    second_factor_required BIGINT NOT NULL CHECK (second_factor_required IN (0, 1)),
    languages              TEXT NOT NULL,
    topics                 TEXT NOT NULL,
    oidc_issuer            TEXT COLLATE "C" CHECK (length(oidc_issuer) BETWEEN 1 AND 500),
    oidc_subject           TEXT COLLATE "C" CHECK (length(oidc_subject) BETWEEN 1 AND 500),
    created_at             BIGINT NOT NULL,
    changed_at             BIGINT NOT NULL,
    UNIQUE (oidc_issuer, oidc_subject),
    CHECK ((totp_sealed IS NULL) = (totp_last_step IS NULL)),
    CHECK ((oidc_issuer IS NULL) = (oidc_subject IS NULL))
);

CREATE INDEX person_by_search ON person (search, id);

-- A grant without a scope has the empty text, because a key has no NULL.
CREATE TABLE person_grant (
    person_id TEXT COLLATE "C" NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    role      TEXT COLLATE "C" NOT NULL CHECK (role IN ('administrator', 'association_administrator', 'centre_manager', 'counsellor')),
    scope     TEXT COLLATE "C" NOT NULL CHECK (length(scope) <= 200),
    PRIMARY KEY (person_id, role, scope),
    CHECK ((role = 'administrator') = (scope = ''))
);

CREATE INDEX person_grant_by_scope ON person_grant (scope, role, person_id);

CREATE TABLE invitation (
    id              TEXT COLLATE "C" NOT NULL PRIMARY KEY CHECK (length(id) BETWEEN 1 AND 100),
    person_id       TEXT COLLATE "C" NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    token_hash      BYTEA NOT NULL UNIQUE CHECK (length(token_hash) = 32),
    invited_by_id   TEXT NOT NULL,
    invited_by_name TEXT NOT NULL,
    created_at      BIGINT NOT NULL,
    expires_at      BIGINT NOT NULL CHECK (expires_at > created_at),
    accepted_at     BIGINT,
    withdrawn_at    BIGINT,
    CHECK (accepted_at IS NULL OR withdrawn_at IS NULL)
);

CREATE INDEX invitation_by_person ON invitation (person_id, id);

CREATE TABLE setup (
    one        BIGINT NOT NULL PRIMARY KEY CHECK (one = 1),
    id         TEXT COLLATE "C" NOT NULL,
    token_hash BYTEA NOT NULL CHECK (length(token_hash) = 32),
    created_at BIGINT NOT NULL,
    used_at    BIGINT
);

CREATE TABLE session (
    id               TEXT COLLATE "C" NOT NULL PRIMARY KEY CHECK (length(id) BETWEEN 1 AND 100),
    person_id        TEXT COLLATE "C" NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    token_hash       BYTEA NOT NULL UNIQUE CHECK (length(token_hash) = 32),
    created_at       BIGINT NOT NULL,
    last_seen_at     BIGINT NOT NULL,
    authenticated_at BIGINT NOT NULL,
    second_factor    BIGINT NOT NULL CHECK (second_factor IN (0, 1)),
    browser          TEXT NOT NULL CHECK (length(browser) BETWEEN 1 AND 40),
    ended_at         BIGINT,
    end_reason       TEXT CHECK (length(end_reason) BETWEEN 1 AND 40),
    CHECK ((ended_at IS NULL) = (end_reason IS NULL))
);

CREATE INDEX session_by_person ON session (person_id, id);

CREATE TABLE known_device (
    person_id     TEXT COLLATE "C" NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    device_hash   BYTEA NOT NULL CHECK (length(device_hash) = 32),
    first_seen_at BIGINT NOT NULL,
    last_seen_at  BIGINT NOT NULL,
    PRIMARY KEY (person_id, device_hash)
);

CREATE INDEX known_device_by_hash ON known_device (device_hash, person_id);

CREATE TABLE recovery_code (
    person_id  TEXT COLLATE "C" NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    code_hash  BYTEA NOT NULL CHECK (length(code_hash) = 32),
    created_at BIGINT NOT NULL,
    used_at    BIGINT,
    PRIMARY KEY (person_id, code_hash)
);

CREATE TABLE passkey (
    id            TEXT COLLATE "C" NOT NULL PRIMARY KEY CHECK (length(id) BETWEEN 1 AND 100),
    person_id     TEXT COLLATE "C" NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    name          TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
    credential_id BYTEA NOT NULL UNIQUE CHECK (length(credential_id) BETWEEN 1 AND 1023),
    body          BYTEA NOT NULL,
    created_at    BIGINT NOT NULL,
    last_used_at  BIGINT
);

CREATE INDEX passkey_by_person ON passkey (person_id, id);

CREATE TABLE mail_change (
    id           TEXT COLLATE "C" NOT NULL PRIMARY KEY CHECK (length(id) BETWEEN 1 AND 100),
    person_id    TEXT COLLATE "C" NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    old_mail     TEXT NOT NULL,
    new_mail     TEXT NOT NULL,
    token_hash   BYTEA NOT NULL UNIQUE CHECK (length(token_hash) = 32),
    created_at   BIGINT NOT NULL,
    expires_at   BIGINT NOT NULL CHECK (expires_at > created_at),
    confirmed_at BIGINT,
    withdrawn_at BIGINT,
    CHECK (confirmed_at IS NULL OR withdrawn_at IS NULL)
);

CREATE INDEX mail_change_by_person ON mail_change (person_id, id);

-- A reset asked for with an unknown address has no person: it is written all the same, so that both take as long.
CREATE TABLE password_reset (
    id         TEXT COLLATE "C" NOT NULL PRIMARY KEY CHECK (length(id) BETWEEN 1 AND 100),
    person_id  TEXT COLLATE "C" REFERENCES person (id) ON DELETE CASCADE,
    token_hash BYTEA NOT NULL UNIQUE CHECK (length(token_hash) = 32),
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL CHECK (expires_at > created_at),
    used_at    BIGINT
);

CREATE INDEX password_reset_by_person ON password_reset (person_id, id);

CREATE TABLE audit (
    id          TEXT COLLATE "C" NOT NULL PRIMARY KEY CHECK (length(id) BETWEEN 1 AND 100),
    at          BIGINT NOT NULL,
    actor_id    TEXT NOT NULL,
    actor_name  TEXT NOT NULL,
    action      TEXT NOT NULL CHECK (length(action) BETWEEN 1 AND 60),
    object_kind TEXT NOT NULL,
    object_id   TEXT NOT NULL,
    object_name TEXT NOT NULL,
    detail      TEXT NOT NULL
);

CREATE INDEX audit_by_time ON audit (at, id);

-- Mails that are still to be sent: what about, not what it says. The text is written when it is sent.
CREATE TABLE mail (
    id           TEXT COLLATE "C" NOT NULL PRIMARY KEY CHECK (length(id) BETWEEN 1 AND 200),
    kind         TEXT COLLATE "C" NOT NULL CHECK (length(kind) BETWEEN 1 AND 60),
    object_id    TEXT COLLATE "C" NOT NULL CHECK (length(object_id) BETWEEN 1 AND 200),
    lang         TEXT    NOT NULL CHECK (length(lang) BETWEEN 2 AND 20),
    detail       TEXT    CHECK (length(detail) BETWEEN 1 AND 1000),
    created_at   BIGINT  NOT NULL,
    due_at       BIGINT  NOT NULL,
    next_try_at  BIGINT  NOT NULL,
    give_up_at   BIGINT  NOT NULL CHECK (give_up_at > due_at),
    leased_until BIGINT ,
    lease_id     TEXT COLLATE "C" CHECK (length(lease_id) BETWEEN 1 AND 100),
    attempts     BIGINT  NOT NULL CHECK (attempts >= 0),
    state        TEXT COLLATE "C" NOT NULL CHECK (state IN ('waiting', 'given_up')),
    last_problem TEXT    CHECK (length(last_problem) BETWEEN 1 AND 60),
    CHECK ((leased_until IS NULL) = (lease_id IS NULL)),
    CHECK (state = 'waiting' OR lease_id IS NULL)
);

CREATE INDEX mail_by_next_try ON mail (state, next_try_at, id);

CREATE INDEX mail_by_object ON mail (object_id, id);
