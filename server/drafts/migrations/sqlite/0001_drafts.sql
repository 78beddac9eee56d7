-- A draft: only hashes of its two links are kept.
CREATE TABLE drafts (
    id         INTEGER PRIMARY KEY,
    edit_hash  BLOB NOT NULL UNIQUE,
    view_hash  BLOB NOT NULL UNIQUE,
    revision   INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;

-- Its revisions; the newest one is the draft. Older ones let a late answer be merged.
CREATE TABLE revisions (
    draft    INTEGER NOT NULL REFERENCES drafts (id) ON DELETE CASCADE,
    revision INTEGER NOT NULL,
    body     TEXT NOT NULL,
    saved_at INTEGER NOT NULL,
    PRIMARY KEY (draft, revision)
) STRICT, WITHOUT ROWID;
