-- What registries said about images: each text under a hash of its name, sealed with a key that follows from the name.
CREATE TABLE looks (
    id   BLOB PRIMARY KEY,
    at   INTEGER NOT NULL,
    body BLOB NOT NULL
) STRICT;

CREATE INDEX looks_at ON looks (at);
