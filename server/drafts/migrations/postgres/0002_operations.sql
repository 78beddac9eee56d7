-- A registration on AWS: its plan and what became of it, sealed. One process at a time has it; nobody once `held_until`
-- (seconds since 1970) is past.
CREATE TABLE operations (
    draft      BIGINT NOT NULL REFERENCES drafts (id) ON DELETE CASCADE ON UPDATE CASCADE,
    id         BIGINT NOT NULL,
    made_at    BIGINT NOT NULL,
    holder     BIGINT NOT NULL,
    held_until BIGINT NOT NULL,
    body       BYTEA NOT NULL,
    PRIMARY KEY (draft, id)
);
