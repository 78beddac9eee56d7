-- What registries said about images: each text under a hash of its name, sealed with a key that follows from the name.
CREATE TABLE looks (
    id   BYTEA PRIMARY KEY,
    at   BIGINT NOT NULL,
    body BYTEA NOT NULL
);

CREATE INDEX looks_at ON looks (at);
