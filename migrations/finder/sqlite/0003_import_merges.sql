-- Possible duplicates can be decided in an import itself, so a run remembers which records it moved between centres and
-- which pairs it noted as not the same: taking it back takes that back, too.
CREATE TABLE import_move (
    run_id        TEXT NOT NULL,
    own_id        TEXT NOT NULL,
    from_centre   TEXT NOT NULL,
    from_priority INTEGER NOT NULL CHECK (from_priority >= 0),
    to_centre     TEXT NOT NULL,
    to_priority   INTEGER NOT NULL CHECK (to_priority >= 0),
    PRIMARY KEY (run_id, own_id)
) STRICT;

-- noted = 1: the run noted the pair; noted = 0: it forgot it again.
CREATE TABLE import_apart (
    run_id   TEXT NOT NULL,
    centre_a TEXT NOT NULL,
    centre_b TEXT NOT NULL,
    noted    INTEGER NOT NULL CHECK (noted IN (0, 1)),
    PRIMARY KEY (run_id, centre_a, centre_b),
    CHECK (centre_a < centre_b)
) STRICT;
