-- What the computation server keeps. No labels, no addresses, no ciphertext of a reporter.
-- Tables of reporters have no row numbers, so that nobody reads the order of arrivals out of them.

-- Keys: in the pool while no survey is named. A row stays for ever, so that no n serves twice.
CREATE TABLE paillier_key (
    n BLOB PRIMARY KEY,
    bits INTEGER NOT NULL,
    sealed BLOB,                    -- the primes, encrypted at rest; null once destroyed
    survey BLOB UNIQUE,             -- the one survey it is burnt for
    proof BLOB                      -- null until it is made for that survey
) STRICT, WITHOUT ROWID;

CREATE TABLE survey (
    id BLOB PRIMARY KEY REFERENCES paillier_key (survey),
    fingerprint BLOB NOT NULL UNIQUE,
    manifest BLOB NOT NULL,
    organizer_signature BLOB NOT NULL,
    data_server_signature BLOB NOT NULL,
    max_reporters INTEGER NOT NULL,
    closes_not_before INTEGER NOT NULL,
    closes_at INTEGER NOT NULL,
    closed_at INTEGER,              -- by order; closes_at closes without one
    last_sequence INTEGER NOT NULL DEFAULT 0,
    last_order BLOB,                -- hash of the last order
    stage TEXT NOT NULL DEFAULT 'taking'
        CHECK (stage IN ('taking', 'agreed', 'opened', 'released', 'ended')),
    data_list BLOB,
    own_list BLOB,
    agreed BLOB,
    agreed_countersignature BLOB,
    opening BLOB,                   -- SHA-256 of the only opening
    release BLOB,
    release_countersignature BLOB,
    ended BLOB
) STRICT, WITHOUT ROWID;

CREATE TABLE invitation (
    survey BLOB NOT NULL REFERENCES survey (id),
    key BLOB NOT NULL,
    revoked INTEGER NOT NULL DEFAULT 0,
    credential BLOB,
    PRIMARY KEY (survey, key),
    UNIQUE (survey, credential)
) STRICT, WITHOUT ROWID;

CREATE TABLE declaration (
    survey BLOB NOT NULL,
    credential BLOB NOT NULL,
    version INTEGER NOT NULL,
    statement BLOB NOT NULL,        -- with its signature
    hour INTEGER NOT NULL,          -- of this server's word
    held_hour INTEGER,              -- of the data server's word; null in a withdrawal that came directly
    held_signature BLOB,
    sealed_share BLOB,              -- s_C, encrypted at rest; null in withdrawals, when superseded, in the end
    PRIMARY KEY (survey, credential, version),
    FOREIGN KEY (survey, credential) REFERENCES invitation (survey, credential)
) STRICT, WITHOUT ROWID;
