-- Booking: its copy of the directory, what centres set, who has claimed which time, and mails that are still to be written.
-- Nothing about a seeker is in here in the clear. What she says of herself is sealed under a key in another place; codes, PINs
-- and links are kept as hashes; there is no time of creation.

-- How far the directory's log has been read.
CREATE TABLE directory_cursor (
    one      BIGINT NOT NULL PRIMARY KEY CHECK (one = 1),
    sequence BIGINT NOT NULL CHECK (sequence >= 0)
);

INSERT INTO directory_cursor (one, sequence) VALUES (1, 0);

-- A centre as the directory told it last; one that is no longer listed stays while it has appointments.
CREATE TABLE centre (
    id     TEXT COLLATE "C" NOT NULL PRIMARY KEY CHECK (length(id) BETWEEN 1 AND 100),
    slug   TEXT COLLATE "C" NOT NULL CHECK (length(slug) BETWEEN 1 AND 200),
    listed BIGINT NOT NULL CHECK (listed IN (0, 1)),
    body   TEXT NOT NULL CHECK (length(body) BETWEEN 2 AND 1000000)
);

CREATE TABLE offer (
    id        TEXT COLLATE "C" NOT NULL PRIMARY KEY CHECK (length(id) BETWEEN 1 AND 100),
    centre_id TEXT COLLATE "C" NOT NULL REFERENCES centre (id) ON DELETE CASCADE
);

CREATE INDEX offer_by_centre ON offer (centre_id, id);

-- What a centre sets: one document each, saved only over the revision that was read.
CREATE TABLE centre_setting (
    centre_id TEXT COLLATE "C" NOT NULL PRIMARY KEY CHECK (length(centre_id) BETWEEN 1 AND 100),
    revision  BIGINT NOT NULL CHECK (revision >= 1),
    body      TEXT NOT NULL CHECK (length(body) BETWEEN 2 AND 200000)
);

CREATE TABLE offer_setting (
    offer_id  TEXT COLLATE "C" NOT NULL PRIMARY KEY CHECK (length(offer_id) BETWEEN 1 AND 100),
    centre_id TEXT COLLATE "C" NOT NULL CHECK (length(centre_id) BETWEEN 1 AND 100),
    bookable  BIGINT NOT NULL CHECK (bookable IN (0, 1)),
    revision  BIGINT NOT NULL CHECK (revision >= 1),
    body      TEXT NOT NULL CHECK (length(body) BETWEEN 2 AND 200000)
);

CREATE INDEX offer_setting_by_centre ON offer_setting (centre_id, offer_id);

-- Who or what can be claimed: a counsellor with her hours, or a room.
CREATE TABLE resource (
    id        TEXT COLLATE "C" NOT NULL PRIMARY KEY CHECK (length(id) BETWEEN 1 AND 100),
    centre_id TEXT COLLATE "C" NOT NULL CHECK (length(centre_id) BETWEEN 1 AND 100),
    kind      TEXT COLLATE "C" NOT NULL CHECK (kind IN ('counsellor', 'room')),
    person_id TEXT COLLATE "C" CHECK (length(person_id) BETWEEN 1 AND 100),
    name      TEXT COLLATE "C" NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
    active    BIGINT NOT NULL CHECK (active IN (0, 1)),
    revision  BIGINT NOT NULL CHECK (revision >= 1),
    body      TEXT NOT NULL CHECK (length(body) BETWEEN 2 AND 500000),
    UNIQUE (centre_id, person_id),
    CHECK ((kind = 'counsellor') = (person_id IS NOT NULL))
);

CREATE INDEX resource_by_person ON resource (person_id, id);

-- Times somebody is not free according to her own calendar. Nothing else of that calendar is kept.
CREATE TABLE busy_source (
    resource_id    TEXT COLLATE "C" NOT NULL PRIMARY KEY REFERENCES resource (id) ON DELETE CASCADE,
    sealed_address BYTEA NOT NULL,
    read_at        BIGINT,
    problem        TEXT COLLATE "C" CHECK (length(problem) BETWEEN 1 AND 60)
);

CREATE TABLE busy (
    resource_id TEXT COLLATE "C" NOT NULL REFERENCES busy_source (resource_id) ON DELETE CASCADE,
    starts_at   BIGINT NOT NULL,
    ends_at     BIGINT NOT NULL CHECK (ends_at > starts_at),
    PRIMARY KEY (resource_id, starts_at)
);

-- Held while somebody fills in the form, requested while the centre has not agreed, then confirmed. A cancelled one keeps
-- its hashes until its time is over, so that its code can be answered; of the person it has the sealed address until she is told.
CREATE TABLE appointment (
    id              TEXT COLLATE "C" NOT NULL PRIMARY KEY CHECK (length(id) BETWEEN 1 AND 100),
    centre_id       TEXT COLLATE "C" NOT NULL CHECK (length(centre_id) BETWEEN 1 AND 100),
    offer_id        TEXT COLLATE "C" NOT NULL CHECK (length(offer_id) BETWEEN 1 AND 100),
    resource_id     TEXT COLLATE "C" NOT NULL REFERENCES resource (id),
    room_id         TEXT COLLATE "C" REFERENCES resource (id),
    seat            BIGINT NOT NULL CHECK (seat >= 0),
    mode            TEXT COLLATE "C" NOT NULL CHECK (mode IN ('in_person', 'phone', 'video', 'chat')),
    starts_at       BIGINT NOT NULL,
    ends_at         BIGINT NOT NULL CHECK (ends_at > starts_at),
    state           TEXT COLLATE "C" NOT NULL CHECK (state IN ('held', 'requested', 'confirmed', 'cancelled')),
    hold_until      BIGINT,
    release_at      BIGINT,
    forget_at       BIGINT NOT NULL CHECK (forget_at >= ends_at),
    form_hash       BYTEA NOT NULL UNIQUE CHECK (length(form_hash) = 32),
    code_mac        BYTEA UNIQUE CHECK (length(code_mac) = 32),
    pin_mac         BYTEA CHECK (length(pin_mac) = 32),
    link_hash       BYTEA UNIQUE CHECK (length(link_hash) = 32),
    lang            TEXT COLLATE "C" NOT NULL CHECK (length(lang) BETWEEN 2 AND 20),
    version         BIGINT NOT NULL CHECK (version >= 0),
    attendance      TEXT COLLATE "C" CHECK (attendance IN ('kept', 'missed')),
    contact_day     TEXT COLLATE "C" CHECK (length(contact_day) = 10),
    contact_slot    BIGINT CHECK (contact_slot >= 0),
    contact_sealed  BYTEA,
    notify_day      TEXT COLLATE "C" CHECK (length(notify_day) = 10),
    notify_slot     BIGINT CHECK (notify_slot >= 0),
    notify_sealed   BYTEA,
    CHECK ((state = 'held') = (hold_until IS NOT NULL)),
    CHECK ((state = 'held') = (code_mac IS NULL)),
    CHECK ((code_mac IS NULL) = (pin_mac IS NULL) AND (code_mac IS NULL) = (link_hash IS NULL)),
    CHECK ((contact_sealed IS NULL) = (contact_day IS NULL) AND (contact_sealed IS NULL) = (contact_slot IS NULL)),
    CHECK ((notify_sealed IS NULL) = (notify_day IS NULL) AND (notify_sealed IS NULL) = (notify_slot IS NULL)),
    CHECK (state IN ('requested', 'confirmed') OR contact_sealed IS NULL),
    CHECK (state <> 'held' OR notify_sealed IS NULL),
    CHECK (release_at IS NULL OR state = 'cancelled')
);

CREATE INDEX appointment_by_centre ON appointment (centre_id, starts_at, id);
CREATE INDEX appointment_by_resource ON appointment (resource_id, starts_at, id);
CREATE INDEX appointment_by_forgetting ON appointment (forget_at, id);
CREATE INDEX appointment_by_hold ON appointment (hold_until, id) WHERE hold_until IS NOT NULL;
CREATE INDEX appointment_by_release ON appointment (release_at, id) WHERE release_at IS NOT NULL;

-- Five minutes of a resource belong to one appointment. This key is the promise that nobody is booked twice.
-- An appointment for one person owns seat 0. A group owns seat 0 by its session (offer and start), each of its people a seat from 1.
CREATE TABLE claim (
    resource_id    TEXT COLLATE "C" NOT NULL REFERENCES resource (id),
    tick           BIGINT NOT NULL,
    seat           BIGINT NOT NULL CHECK (seat >= 0),
    appointment_id TEXT COLLATE "C" REFERENCES appointment (id) ON DELETE CASCADE,
    session        TEXT COLLATE "C" CHECK (length(session) BETWEEN 3 AND 150),
    PRIMARY KEY (resource_id, tick, seat),
    CHECK (session IS NOT NULL OR appointment_id IS NOT NULL),
    CHECK ((appointment_id IS NULL) = (session IS NOT NULL AND seat = 0))
);

CREATE INDEX claim_by_appointment ON claim (appointment_id, resource_id, tick) WHERE appointment_id IS NOT NULL;
CREATE INDEX claim_by_session ON claim (session, resource_id, tick) WHERE session IS NOT NULL;

-- Somebody wants to hear of an earlier appointment; her address is sealed like everything else.
CREATE TABLE waiting (
    id            TEXT COLLATE "C" NOT NULL PRIMARY KEY CHECK (length(id) BETWEEN 1 AND 100),
    offer_id      TEXT COLLATE "C" NOT NULL CHECK (length(offer_id) BETWEEN 1 AND 100),
    form_hash     BYTEA NOT NULL UNIQUE CHECK (length(form_hash) = 32),
    link_hash     BYTEA NOT NULL UNIQUE CHECK (length(link_hash) = 32),
    before_at     BIGINT NOT NULL,
    told_at       BIGINT,
    forget_at     BIGINT NOT NULL,
    lang          TEXT COLLATE "C" NOT NULL CHECK (length(lang) BETWEEN 2 AND 20),
    notify_day    TEXT COLLATE "C" NOT NULL CHECK (length(notify_day) = 10),
    notify_slot   BIGINT NOT NULL CHECK (notify_slot >= 0),
    notify_sealed BYTEA NOT NULL
);

CREATE INDEX waiting_by_offer ON waiting (offer_id, id);
CREATE INDEX waiting_by_forgetting ON waiting (forget_at, id);

-- A secret address under which a counsellor's own calendar reads her appointments.
CREATE TABLE feed (
    person_id  TEXT COLLATE "C" NOT NULL PRIMARY KEY CHECK (length(person_id) BETWEEN 1 AND 100),
    token_hash BYTEA NOT NULL UNIQUE CHECK (length(token_hash) = 32),
    detailed   BIGINT NOT NULL CHECK (detailed IN (0, 1)),
    created_at BIGINT NOT NULL
);

-- How many, never who.
CREATE TABLE tally (
    day      TEXT COLLATE "C" NOT NULL CHECK (length(day) = 10),
    offer_id TEXT COLLATE "C" NOT NULL CHECK (length(offer_id) BETWEEN 1 AND 100),
    what     TEXT COLLATE "C" NOT NULL CHECK (what IN ('booked', 'moved', 'cancelled', 'declined', 'kept', 'missed')),
    count    BIGINT NOT NULL CHECK (count >= 0),
    PRIMARY KEY (day, offer_id, what)
);

CREATE TABLE audit (
    id          TEXT COLLATE "C" NOT NULL PRIMARY KEY CHECK (length(id) BETWEEN 1 AND 100),
    at          BIGINT NOT NULL,
    actor_id    TEXT COLLATE "C" NOT NULL,
    actor_name  TEXT COLLATE "C" NOT NULL,
    action      TEXT COLLATE "C" NOT NULL CHECK (length(action) BETWEEN 1 AND 60),
    object_kind TEXT COLLATE "C" NOT NULL,
    object_id   TEXT COLLATE "C" NOT NULL,
    object_name TEXT COLLATE "C" NOT NULL,
    detail      TEXT COLLATE "C" NOT NULL
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

-- The server keeps samples of columns for its planner, beyond every deletion; of these it must not.
ALTER TABLE appointment
    ALTER COLUMN form_hash SET STATISTICS 0,
    ALTER COLUMN code_mac SET STATISTICS 0,
    ALTER COLUMN pin_mac SET STATISTICS 0,
    ALTER COLUMN link_hash SET STATISTICS 0,
    ALTER COLUMN contact_sealed SET STATISTICS 0,
    ALTER COLUMN notify_sealed SET STATISTICS 0;

ALTER TABLE waiting
    ALTER COLUMN form_hash SET STATISTICS 0,
    ALTER COLUMN link_hash SET STATISTICS 0,
    ALTER COLUMN notify_sealed SET STATISTICS 0;
