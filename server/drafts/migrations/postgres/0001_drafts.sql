-- A draft: hashes of its two links, never the links. Its number is the beginning of the edit link's hash.
CREATE TABLE drafts (
    id         BIGINT PRIMARY KEY,
    edit_hash  BYTEA NOT NULL,
    view_hash  BYTEA NOT NULL UNIQUE,
    generation BIGINT NOT NULL,
    revision   BIGINT NOT NULL,
    life       BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);

CREATE INDEX drafts_expires_at ON drafts (expires_at);

-- Its revisions; the newest one is the draft. Revisions of one point were made by one person within a minute.
CREATE TABLE revisions (
    draft    BIGINT NOT NULL REFERENCES drafts (id) ON DELETE CASCADE ON UPDATE CASCADE,
    revision BIGINT NOT NULL,
    point    BIGINT NOT NULL,
    since    BIGINT NOT NULL,
    saved_at BIGINT NOT NULL,
    author   BYTEA NOT NULL,
    body     BYTEA NOT NULL,
    PRIMARY KEY (draft, revision)
);

-- One row that is written to learn whether the database takes writes.
CREATE TABLE probe (
    id BIGINT PRIMARY KEY,
    at BIGINT NOT NULL
);

INSERT INTO probe (id, at) VALUES (1, 0);
