-- A draft keeps its number when its edit link is replaced: `link` is the number of the new link, where it differs.
ALTER TABLE drafts ADD COLUMN link BIGINT;
CREATE UNIQUE INDEX drafts_link ON drafts (link) WHERE link IS NOT NULL;

-- The keys of the draft, sealed with a key that follows from its links, so that new links rewrite this alone. NULL in drafts of
-- earlier programs, whose texts are sealed with the key of the links itself.
ALTER TABLE drafts ADD COLUMN keys BYTEA;

-- Bytes of the draft's revisions that are kept, with this one. 0 where an earlier program wrote it: not counted yet.
ALTER TABLE revisions ADD COLUMN kept BIGINT NOT NULL DEFAULT 0;
