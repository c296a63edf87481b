-- What the data server keeps. No key that decrypts, no address of anybody.
-- Tables of reporters have no row numbers, so that nobody reads the order of arrivals out of them.

CREATE TABLE sign_in (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    digest BLOB NOT NULL            -- SHA-256 of the organizer's token
) STRICT;

CREATE TABLE draft (
    survey BLOB PRIMARY KEY,
    sealed BLOB NOT NULL            -- encrypted at rest
) STRICT, WITHOUT ROWID;

CREATE TABLE survey (
    id BLOB PRIMARY KEY,
    fingerprint BLOB NOT NULL UNIQUE,
    manifest BLOB NOT NULL,
    organizer_signature BLOB NOT NULL,
    data_server_signature BLOB NOT NULL,
    computation_server_signature BLOB,  -- null until the other server has opened it too
    max_reporters INTEGER NOT NULL,
    closes_at INTEGER NOT NULL,
    stage TEXT NOT NULL DEFAULT 'open'
        CHECK (stage IN ('open', 'closed', 'opening', 'released', 'ended')),
    last_sequence INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

-- The last order of each survey, and the one that waits for the other server.
CREATE TABLE survey_order (
    survey BLOB NOT NULL REFERENCES survey (id),
    sequence INTEGER NOT NULL,
    document BLOB NOT NULL,
    carried_out INTEGER NOT NULL DEFAULT 0, -- 0 until the other server has taken it
    PRIMARY KEY (survey, sequence)
) STRICT, WITHOUT ROWID;

CREATE TABLE invitation (
    survey BLOB NOT NULL REFERENCES survey (id),
    key BLOB NOT NULL,
    label BLOB,                     -- the organizer's words, encrypted at rest
    revoked INTEGER NOT NULL DEFAULT 0,
    credential BLOB,
    signature BLOB,                 -- of the enrolment, by the invitation key
    confirmation BLOB,              -- of the enrolment, by the other server; null until it has it
    PRIMARY KEY (survey, key),
    UNIQUE (survey, credential)
) STRICT, WITHOUT ROWID;

CREATE TABLE version (
    survey BLOB NOT NULL,
    credential BLOB NOT NULL,
    version INTEGER NOT NULL,
    statement BLOB NOT NULL,        -- with its signature
    held_hour INTEGER NOT NULL,
    held_signature BLOB NOT NULL,
    declared_hour INTEGER,          -- the other server's word; null until it has the version
    declared_signature BLOB,
    upload BLOB,                    -- SHA-256 of what was uploaded; null in withdrawals and in the end
    declaration BLOB,               -- sealed to the other server; null once it has it
    share BLOB,                     -- s_D, encrypted at rest; null when superseded and in the end
    PRIMARY KEY (survey, credential, version),
    FOREIGN KEY (survey, credential) REFERENCES invitation (survey, credential)
) STRICT, WITHOUT ROWID;

CREATE TABLE ciphertexts (
    survey BLOB NOT NULL,
    credential BLOB NOT NULL,
    version INTEGER NOT NULL,
    category INTEGER NOT NULL,      -- the group
    entries BLOB NOT NULL,          -- in an order drawn when they were stored
    PRIMARY KEY (survey, credential, version, category),
    FOREIGN KEY (survey, credential, version) REFERENCES version ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- The way to the end, step by step. A row means that the list is frozen.
CREATE TABLE ending (
    survey BLOB PRIMARY KEY REFERENCES survey (id),
    list BLOB NOT NULL,             -- this server's list, as it was and is sent
    agreement BLOB,                 -- the other server's answer, checked
    opening BLOB,                   -- the only opening, as it was and is sent
    result BLOB                     -- the document to be published
) STRICT, WITHOUT ROWID;
