-- Texts are sealed from here on, with a key that only a link can give. Drafts made before, by development
-- versions, cannot be sealed by anyone but the holders of their links; none was ever released.
DROP TABLE revisions;
DROP TABLE drafts;

-- A draft: hashes of its two links, never the links. Its number is the beginning of the edit link's hash.
CREATE TABLE drafts (
    id         INTEGER PRIMARY KEY,
    edit_hash  BLOB NOT NULL,
    view_hash  BLOB NOT NULL UNIQUE,
    generation INTEGER NOT NULL,
    revision   INTEGER NOT NULL,
    life       INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT;

CREATE INDEX drafts_expires_at ON drafts (expires_at);

-- Its revisions; the newest one is the draft. Revisions of one point were made by one person within a minute.
CREATE TABLE revisions (
    draft    INTEGER NOT NULL REFERENCES drafts (id) ON DELETE CASCADE ON UPDATE CASCADE,
    revision INTEGER NOT NULL,
    point    INTEGER NOT NULL,
    since    INTEGER NOT NULL,
    saved_at INTEGER NOT NULL,
    author   BLOB NOT NULL,
    body     BLOB NOT NULL,
    PRIMARY KEY (draft, revision)
) STRICT;

-- One row that is written to learn whether the disk takes writes.
CREATE TABLE probe (
    id INTEGER PRIMARY KEY,
    at INTEGER NOT NULL
) STRICT;

INSERT INTO probe (id, at) VALUES (1, 0);
