-- Ciphertexts in pieces: products are computed without a whole group in memory.

CREATE TABLE ciphertext_piece (
    survey BLOB NOT NULL,
    credential BLOB NOT NULL,
    version INTEGER NOT NULL,
    category INTEGER NOT NULL,      -- the group
    piece INTEGER NOT NULL,         -- from 0
    entries BLOB NOT NULL,          -- whole ciphertexts of the group, in an order drawn when they were stored
    PRIMARY KEY (survey, credential, version, category, piece),
    FOREIGN KEY (survey, credential, version) REFERENCES version ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- 196608 bytes are whole ciphertexts of every length of key.
INSERT INTO ciphertext_piece (survey, credential, version, category, piece, entries)
WITH RECURSIVE cut (survey, credential, version, category, piece) AS (
    SELECT survey, credential, version, category, 0 FROM ciphertexts
    UNION ALL
    SELECT survey, credential, version, category, piece + 1
    FROM cut JOIN ciphertexts USING (survey, credential, version, category)
    WHERE (piece + 1) * 196608 < length(entries)
)
SELECT survey, credential, version, category, piece, substr(entries, piece * 196608 + 1, 196608)
FROM cut JOIN ciphertexts USING (survey, credential, version, category);

DROP TABLE ciphertexts;
