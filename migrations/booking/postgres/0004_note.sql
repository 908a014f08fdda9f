-- A cancellation can carry words of the centre to the person, sealed like what she said and only until she is forgotten.
ALTER TABLE appointment ADD COLUMN note_day TEXT COLLATE "C" CHECK (length(note_day) = 10);
ALTER TABLE appointment ADD COLUMN note_slot BIGINT CHECK (note_slot >= 0);
ALTER TABLE appointment ADD COLUMN note_sealed BYTEA
    CHECK ((note_sealed IS NULL) = (note_day IS NULL) AND (note_sealed IS NULL) = (note_slot IS NULL))
    CHECK (state = 'cancelled' OR note_sealed IS NULL);

ALTER TABLE appointment ALTER COLUMN note_sealed SET STATISTICS 0;
