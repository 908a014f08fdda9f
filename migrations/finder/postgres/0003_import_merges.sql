-- Possible duplicates can be decided in an import itself, so a run remembers which records it moved between centres and
-- which pairs it noted as not the same: taking it back takes that back, too.
CREATE TABLE import_move (
    run_id        TEXT COLLATE "C" NOT NULL,
    own_id        TEXT COLLATE "C" NOT NULL,
    from_centre   TEXT COLLATE "C" NOT NULL,
    from_priority BIGINT NOT NULL CHECK (from_priority >= 0),
    to_centre     TEXT COLLATE "C" NOT NULL,
    to_priority   BIGINT NOT NULL CHECK (to_priority >= 0),
    PRIMARY KEY (run_id, own_id)
);

-- noted = 1: the run noted the pair; noted = 0: it forgot it again.
CREATE TABLE import_apart (
    run_id   TEXT COLLATE "C" NOT NULL,
    centre_a TEXT COLLATE "C" NOT NULL,
    centre_b TEXT COLLATE "C" NOT NULL,
    noted    BIGINT NOT NULL CHECK (noted IN (0, 1)),
    PRIMARY KEY (run_id, centre_a, centre_b),
    CHECK (centre_a < centre_b)
);
