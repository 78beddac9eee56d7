-- A registration on AWS: its plan and what became of it, sealed. One process at a time has it; nobody once `held_until`
-- (seconds since 1970) is past.
CREATE TABLE operations (
    draft      INTEGER NOT NULL REFERENCES drafts (id) ON DELETE CASCADE ON UPDATE CASCADE,
    id         INTEGER NOT NULL,
    made_at    INTEGER NOT NULL,
    holder     INTEGER NOT NULL,
    held_until INTEGER NOT NULL,
    body       BLOB NOT NULL,
    PRIMARY KEY (draft, id)
) STRICT;
