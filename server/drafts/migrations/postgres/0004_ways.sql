-- How a revision came to be (`Way` in the program), and the earlier revision whose text it repeats, 0 for none.
ALTER TABLE revisions ADD COLUMN way BIGINT NOT NULL DEFAULT 0;
ALTER TABLE revisions ADD COLUMN repeats BIGINT NOT NULL DEFAULT 0;

-- What the revision was taken for outside: 1 exported, 2 registered on AWS.
ALTER TABLE revisions ADD COLUMN marks BIGINT NOT NULL DEFAULT 0;
