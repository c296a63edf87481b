//! What goes into a store and comes out of it.

use protocol::{Enrolment, Hex, Kind, SignedHour, SignedStatement, SurveyState};

/// A survey to keep.
#[derive(Clone, Debug)]
pub struct NewSurvey {
    /// Its id.
    pub id: Hex<32>,
    /// Its fingerprint.
    pub fingerprint: Hex<32>,
    /// The manifest.
    pub manifest: Vec<u8>,
    /// The organizer's signature over it.
    pub organizer_signature: Hex<64>,
    /// This server's.
    pub data_server_signature: Hex<64>,
    /// The most invitations at a time.
    pub max_reporters: u32,
    /// Closes by itself.
    pub closes_at: u64,
    /// Invitation keys, none twice.
    pub roster: Vec<Hex<32>>,
}

/// A survey as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Survey {
    /// Its id.
    pub id: Hex<32>,
    /// Its fingerprint.
    pub fingerprint: Hex<32>,
    /// The manifest.
    pub manifest: Vec<u8>,
    /// The organizer's signature over it.
    pub organizer_signature: Hex<64>,
    /// This server's.
    pub data_server_signature: Hex<64>,
    /// The other server's, once it has opened the survey too.
    pub computation_server_signature: Option<Hex<64>>,
    /// Closes by itself.
    pub closes_at: u64,
    /// As stored: the time may have closed an open one.
    pub stored_state: SurveyState,
    /// The last order that was carried out.
    pub last_sequence: u32,
}

impl Survey {
    /// How far it is now.
    #[must_use]
    pub fn state(&self, now_s: u64) -> SurveyState {
        match self.stored_state {
            SurveyState::Open if now_s >= self.closes_at => SurveyState::Closed,
            state => state,
        }
    }
}

/// An order to keep.
#[derive(Clone, Debug)]
pub struct PendingOrder {
    /// Its number.
    pub sequence: u32,
    /// The signed document.
    pub document: Vec<u8>,
    /// What it will do.
    pub effect: OrderEffect,
}

/// What an order changes here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OrderEffect {
    /// More invitations.
    Invite(Vec<Hex<32>>),
    /// Void invitations.
    Revoke(Vec<Hex<32>>),
    /// No more submissions.
    Close,
    /// The end begins.
    Release,
}

/// An order that waits for the other server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredOrder {
    /// Of which survey.
    pub survey: Hex<32>,
    /// Its number.
    pub sequence: u32,
    /// The signed document.
    pub document: Vec<u8>,
}

/// An invitation and what came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invitation {
    /// The invitation key.
    pub key: Hex<32>,
    /// The organizer's words, encrypted at rest.
    pub label: Option<Vec<u8>>,
    /// Void.
    pub revoked: bool,
    /// Both servers know its credential.
    pub enrolled: bool,
    /// What its last version with both words says.
    pub last: Option<Kind>,
}

/// Names one version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VersionKey {
    /// Of which survey.
    pub survey: Hex<32>,
    /// Whose.
    pub credential: Hex<32>,
    /// Its number.
    pub version: u32,
}

/// One message in its place: two of the same version are told apart by what was signed and what was uploaded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MessageKey {
    /// Its place.
    pub key: VersionKey,
    /// What its credential signed.
    pub statement: SignedStatement,
    /// SHA-256 of what was uploaded; none of a withdrawal.
    pub upload: Option<Hex<32>>,
}

/// By what a version is known again when it is sent once more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Token {
    /// A submission: SHA-256 of what was uploaded.
    Upload([u8; 32]),
    /// A withdrawal: what was signed.
    Withdrawal(SignedStatement),
}

/// A version to store.
#[derive(Clone, Debug)]
pub struct NewVersion {
    /// Which.
    pub key: VersionKey,
    /// What its credential signed.
    pub statement: SignedStatement,
    /// This server's word.
    pub held: SignedHour,
    /// By what it is known again.
    pub token: Token,
    /// Sealed to the other server.
    pub declaration: Option<Vec<u8>>,
    /// s_D, encrypted at rest.
    pub share: Option<Vec<u8>>,
    /// The groups' ciphertexts, in the order of the layout.
    pub groups: Vec<Vec<u8>>,
}

impl NewVersion {
    /// What is found of it once it is stored.
    #[must_use]
    pub fn version(&self) -> Version {
        Version {
            key: self.key,
            statement: self.statement,
            upload: match self.token {
                Token::Upload(digest) => Some(Hex(digest)),
                Token::Withdrawal(_) => None,
            },
            held: self.held,
            declared: None,
            declaration: self.declaration.clone(),
        }
    }
}

/// A part of one group of a version: ciphertexts that follow those of the piece before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// The group.
    pub category: usize,
    /// At most [`crate::store::PIECE_BYTES`].
    pub entries: Vec<u8>,
}

/// A version without its secrets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// Which.
    pub key: VersionKey,
    /// What its credential signed.
    pub statement: SignedStatement,
    /// SHA-256 of what was uploaded; none of a withdrawal, nor in the end.
    pub upload: Option<Hex<32>>,
    /// This server's word.
    pub held: SignedHour,
    /// The other server's word.
    pub declared: Option<SignedHour>,
    /// Sealed to the other server; gone once it has it.
    pub declaration: Option<Vec<u8>>,
}

impl Version {
    /// Names exactly this message.
    #[must_use]
    pub const fn message(&self) -> MessageKey {
        MessageKey { key: self.key, statement: self.statement, upload: self.upload }
    }
}

/// The other server's signed refusal of what was handed to it with this server's word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedRefusal {
    /// The sealed declaration that was handed over.
    pub declaration: Vec<u8>,
    /// The request's signed header.
    pub request_header: String,
    /// The answer's status.
    pub status: u16,
    /// The answer's signed header.
    pub answer_header: String,
    /// The answer's body.
    pub body: Vec<u8>,
}

/// A version that the other server has refused, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefusedVersion {
    /// What its credential signed.
    pub statement: SignedStatement,
    /// The word that was handed over.
    pub held: SignedHour,
    /// The refusal.
    pub refusal: SignedRefusal,
}

/// Makes the list of the versions that [`crate::store::Store::freeze`] found, sorted by credential and
/// version.
pub type Freeze = Box<dyn FnOnce(Vec<Version>) -> Vec<u8> + Send>;

/// Who was invited and who took part, as anybody may see it: the organizer's orders, and enrolments.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trail {
    /// All invitation keys, ascending, revoked ones included.
    pub invitations: Vec<Hex<32>>,
    /// All orders that were carried out, in their sequence.
    pub orders: Vec<Vec<u8>>,
    /// Enrolments with the other server's confirmation, ascending by invitation key.
    pub enrolments: Vec<(Enrolment, Hex<64>)>,
}

/// How far the end of a survey is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ending {
    /// This server's list.
    pub list: Vec<u8>,
    /// The other server's answer, checked.
    pub agreement: Option<Vec<u8>>,
    /// The only opening.
    pub opening: Option<Vec<u8>>,
    /// What is or will be published.
    pub result: Option<Vec<u8>>,
}
