-- Which folder holds the keys of what is sealed here, so that another one is noticed.
CREATE TABLE key_folder (
    one  BIGINT NOT NULL PRIMARY KEY CHECK (one = 1),
    name TEXT COLLATE "C" NOT NULL CHECK (length(name) BETWEEN 1 AND 100)
);
