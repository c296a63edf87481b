-- Whether the organizer ordered the release: without that order no set is agreed on.
ALTER TABLE survey ADD COLUMN release_ordered INTEGER NOT NULL DEFAULT 0;
