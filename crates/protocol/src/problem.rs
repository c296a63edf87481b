//! All refusals in one table: name, eternal URI, status, what happened, what to do.
//!
//! Nothing a client sent is ever echoed. `docs/PROTOCOL.md` lists the same table.

/// One row of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ProblemRow {
    /// `urn:sealed-pay:problem:…`, eternal.
    pub uri: &'static str,
    /// HTTP status.
    pub status: u16,
    /// What happened.
    pub title: &'static str,
    /// What to do, and what was lost: nothing.
    pub advice: &'static str,
}

macro_rules! problems {
    ($($(#[$doc:meta])* $name:ident = $code:literal, $status:literal, $title:literal, $advice:literal;)+) => {
        /// Why a server refuses. Status, URI and texts stand in [`Problem::row`].
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Problem {
            $(#[doc = $title] $(#[$doc])* $name,)+
        }

        impl Problem {
            /// Every problem.
            pub const ALL: &[Self] = &[$(Self::$name,)+];

            /// The table.
            #[must_use]
            pub const fn row(self) -> ProblemRow {
                match self {
                    $(Self::$name => ProblemRow {
                        uri: concat!("urn:sealed-pay:problem:", $code),
                        status: $status,
                        title: $title,
                        advice: $advice,
                    },)+
                }
            }
        }
    };
}

problems! {
    MalformedRequest = "malformed-request", 400, "The request cannot be read.",
        "Send it as docs/PROTOCOL.md describes. Nothing was stored.";
    NotFound = "not-found", 404, "There is nothing at this address.",
        "Check the address.";
    MethodNotAllowed = "method-not-allowed", 405, "This address does not take this method.",
        "Use the method that docs/PROTOCOL.md names.";
    BodyTooLarge = "body-too-large", 413, "The request is larger than this survey allows.",
        "Send at most as many entries as the survey allows. Nothing was stored.";
    TooManyRequests = "too-many-requests", 429, "Too many requests came from this address.",
        "Wait a minute and try again. Nothing was lost.";
    Internal = "internal", 500, "The server failed.",
        "Try again later; what was acknowledged is kept.";
    PeerUnavailable = "peer-unavailable", 503, "The other server cannot be reached right now.",
        "Send the same message again in a while; it is kept here where that is said, and counts once.";
    PeerRefused = "peer-refused", 502, "The other server refused.",
        "Tell the organizer: the two servers do not agree.";
    SignInRequired = "sign-in-required", 401, "This needs the organizer's sign-in.",
        "Sign in and try again.";
    NotThePeer = "not-the-peer", 403, "This is for the other server only.",
        "Requests between servers must be signed by the pinned key, now, and once.";
    KeyLength = "key-length", 422, "The key length is none of 2048, 3072 and 4096 bits, or below this server's floor.",
        "Choose another length.";
    KeyPoolEmpty = "key-pool-empty", 503, "No key is ready yet.",
        "Keys are made ahead: seconds of work for a fast machine, minutes for a slow or busy one. Try again in a while.";
    ManifestRefused = "manifest-refused", 422, "The manifest breaks a rule of the protocol.",
        "Correct the survey. Nothing was opened.";
    ManifestForeign = "manifest-foreign", 422, "The manifest does not name these two servers, a draft of theirs, and its key.",
        "Make a new draft and open it as it is.";
    BelowFloor = "below-floor", 422, "The survey's minimum numbers lie below this server's own.",
        "Raise the minimum numbers.";
    ValidityNone = "validity-none", 422, "The survey asks for no proof of what is sent, and is no rehearsal.",
        "Open it with validity packproof-1. Nothing was opened.";
    AlreadyOpen = "already-open", 409, "This survey was opened with another manifest.",
        "A survey opens once. Make a new draft.";
    WrongSignature = "wrong-signature", 403, "A signature does not hold for this message.",
        "Sign exactly this message, for this survey, with the right key. Nothing was stored.";
    UnknownSurvey = "unknown-survey", 404, "There is no such survey here.",
        "Check the link.";
    SurveyClosed = "survey-closed", 409, "The survey takes nothing any more.",
        "What was acknowledged before counts. Ask the organizer.";
    SurveyNotClosed = "survey-not-closed", 409, "The survey is still open.",
        "Close it first.";
    TooEarly = "too-early", 409, "The survey may not be closed yet.",
        "Wait until the time that its manifest names.";
    OrderOutOfSequence = "order-out-of-sequence", 409, "The order's number is not the next one.",
        "Ask for the status, and number the order anew.";
    RosterRefused = "roster-refused", 422, "The invitation keys are unsorted, doubled, no keys, too many, or not as ordered.",
        "Send each once, ascending. Nothing was stored.";
    InvitationUnknown = "invitation-unknown", 403, "This invitation is not one of the survey's, or was revoked.",
        "Ask the organizer for a new link.";
    AlreadyEnrolled = "already-enrolled", 409, "Somebody has already begun with this link.",
        "If that was you, go on where you began; if not, tell the organizer.";
    CredentialInUse = "credential-in-use", 409, "This reporter key belongs to another invitation.",
        "Draw a fresh key for each invitation.";
    CredentialUnknown = "credential-unknown", 403, "This credential is not enrolled in the survey.",
        "Enrol first.";
    SubmissionUnsealable = "submission-unsealable", 422, "The submission is not sealed to this server for this credential and version.",
        "Seal it with the key in the manifest. Nothing was stored.";
    SubmissionRefused = "submission-refused", 422, "The submission does not have the survey's shape.",
        "Send groups, entries and blocks as the manifest's layout has them. Nothing was stored.";
    CiphertextZero = "ciphertext-zero", 422, "A ciphertext is zero.",
        "Encrypt anew. Nothing was stored.";
    CiphertextNotReduced = "ciphertext-not-reduced", 422, "A ciphertext is not reduced.",
        "Both halves must lie below n. Nothing was stored.";
    CiphertextSharesFactor = "ciphertext-shares-factor", 422, "A ciphertext shares a factor with n.",
        "Encrypt anew. Nothing was stored.";
    ProofMissing = "proof-missing", 422, "The submission proves nothing, and this survey asks for a proof.",
        "Send the proof that docs/PROOF.md describes behind the ciphertexts. Nothing was stored.";
    ProofMalformed = "proof-malformed", 422, "The proof cannot be read.",
        "It has exactly the bytes that docs/PROOF.md says for this survey. Nothing was stored.";
    ProofForeign = "proof-foreign", 422, "The proof is not about this submission.",
        "Prove this version of this credential, with the commitments and ciphertexts that are sent. Nothing was stored.";
    ProofOutOfRange = "proof-out-of-range", 422, "A figure lies outside of what one reporter can have.",
        "Report what the survey's limits allow. Nothing was stored.";
    ProofFacts = "proof-facts", 422, "Figures that must add up do not.",
        "Bands add up to employees; see docs/PROTOCOL.md. Nothing was stored.";
    ProofCiphertexts = "proof-ciphertexts", 422, "The ciphertexts do not hold what was committed to.",
        "Encrypt the figures that are committed to, each in its block. Nothing was stored.";
    DeclarationRefused = "declaration-refused", 422, "The declaration is not sealed to the computation server for this submission.",
        "Seal it with the key in the manifest. The submission does not count.";
    ShareMismatch = "share-mismatch", 422, "The declared share is not the one committed to.",
        "Make the submission anew. It does not count.";
    VersionUsed = "version-used", 409, "Another message with this version is already there.",
        "Take the next version.";
    VersionGap = "version-gap", 409, "The version is not the next one.",
        "Versions are consecutive: take the one after the last that was acknowledged.";
    NotReleased = "not-released", 404, "There is no result yet.",
        "Ask again later.";
    AgreementConflict = "agreement-conflict", 409, "The set was already agreed on otherwise, or the list is not one.",
        "The signed set never changes.";
    OpeningBegun = "opening-begun", 409, "The survey's only opening has already begun.",
        "Nothing else is ever opened for this survey.";
    OpeningRefused = "opening-refused", 422, "The opening is not over the agreed set, or not of the survey's shape.",
        "Send exactly the product over the agreed set, signed.";
}

impl Problem {
    /// The problem with this URI.
    #[must_use]
    pub fn from_uri(uri: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|p| p.row().uri == uri)
    }

    /// Reads the problem out of a problem document; whatever else stands in it is ignored.
    #[must_use]
    pub fn read_document(body: &[u8]) -> Option<Self> {
        #[derive(serde::Deserialize)]
        struct Document {
            r#type: String,
        }
        serde_json::from_slice::<Document>(body).ok().and_then(|document| Self::from_uri(&document.r#type))
    }
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let row = self.row();
        write!(f, "{} {}", row.title, row.advice)
    }
}

impl std::error::Error for Problem {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_is_read_by_its_type_alone() {
        let read = |text: &str| Problem::read_document(text.as_bytes());
        let known = r#"{"type":"urn:sealed-pay:problem:version-gap","status":200,"more":[]}"#;
        assert_eq!(read(known), Some(Problem::VersionGap));
        assert_eq!(read(r#"{"type":"urn:sealed-pay:problem:none-of-ours"}"#), None);
        assert_eq!(read("<html>"), None);
    }

    #[test]
    fn uris_are_unique_and_statuses_are_errors() {
        let mut uris: Vec<_> = Problem::ALL.iter().map(|p| p.row().uri).collect();
        uris.sort_unstable();
        uris.dedup();
        assert_eq!(uris.len(), Problem::ALL.len());
        assert!(Problem::ALL.iter().all(|p| (400..600).contains(&p.row().status)));
        assert!(Problem::ALL.iter().all(|p| Problem::from_uri(p.row().uri) == Some(*p)));
    }
}
