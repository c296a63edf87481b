//! What goes into a store and comes out of it. Documents are their canonical bytes.

use protocol::{Hex, SignedHour, SignedStatement};

/// A key as the pool keeps it.
#[derive(Clone, Debug)]
pub struct PoolKey {
    /// |n|.
    pub bits: u32,
    /// n, big-endian.
    pub n: Vec<u8>,
    /// The primes, encrypted at rest.
    pub sealed: Vec<u8>,
}

/// A request to burn a key.
#[derive(Clone, Copy, Debug)]
pub struct Burn {
    /// |n|.
    pub bits: u32,
    /// The data server's half of the survey id: names the draft.
    pub data_half: Hex<16>,
    /// This server's half, if the draft is new.
    pub computation_half: Hex<16>,
}

/// A key bound to a survey.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// The survey's id.
    pub survey: Hex<32>,
    /// n, big-endian.
    pub n: Vec<u8>,
    /// The primes, encrypted at rest, unless destroyed.
    pub sealed: Option<Vec<u8>>,
    /// The key's proof, once it is made.
    pub proof: Option<Vec<u8>>,
}

/// What came of burning.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Burnt {
    /// This key belongs to this survey, now or since before.
    Bound(Draft),
    /// The half is taken by a draft of another length.
    OtherLength,
    /// No key of this length is ready.
    PoolEmpty,
}

/// A survey to open.
#[derive(Clone, Debug)]
pub struct OpenSurvey {
    /// Its id.
    pub id: Hex<32>,
    /// Its fingerprint.
    pub fingerprint: Hex<32>,
    /// The manifest.
    pub manifest: Vec<u8>,
    /// The organizer's signature over it.
    pub organizer_signature: Hex<64>,
    /// The data server's.
    pub data_server_signature: Hex<64>,
    /// The most invitations at a time.
    pub max_reporters: u32,
    /// No order closes earlier.
    pub closes_not_before: u64,
    /// Closes by itself.
    pub closes_at: u64,
    /// Invitation keys, none twice.
    pub roster: Vec<Hex<32>>,
}

/// What came of opening a survey.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Open {
    /// Opened now, or before with this manifest.
    Opened,
    /// Opened before with another manifest.
    Other,
    /// No draft has this id.
    NoDraft,
}

/// How far a survey is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// No set is agreed on yet.
    Taking,
    /// The set is agreed on.
    Agreed,
    /// Opened; the release waits for the other server's signature.
    Opened,
    /// Published.
    Released,
    /// Ended without a result.
    Ended,
}

/// A survey as it stands.
#[derive(Clone, Debug)]
pub struct FoundSurvey {
    /// Its fingerprint.
    pub fingerprint: Hex<32>,
    /// The manifest.
    pub manifest: Vec<u8>,
    /// The organizer's signature over it.
    pub organizer_signature: Hex<64>,
    /// The data server's.
    pub data_server_signature: Hex<64>,
    /// How far it is.
    pub stage: Stage,
    /// When an order closed it.
    pub closed_at: Option<u64>,
}

/// An order whose signature and keys were checked.
#[derive(Clone, Debug)]
pub struct StoredOrder {
    /// Its number.
    pub sequence: u32,
    /// Its hash.
    pub hash: Hex<32>,
    /// What it orders.
    pub kind: StoredOrderKind,
}

/// What an order does to the store.
#[derive(Clone, Debug)]
pub enum StoredOrderKind {
    /// Adds invitations.
    Invite(Vec<Hex<32>>),
    /// Voids unused invitations.
    Revoke(Vec<Hex<32>>),
    /// Closes.
    Close,
    /// Lets the set be agreed on.
    Release,
}

/// What came of an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OrderOutcome {
    /// Carried out, now or before.
    Done,
    /// Not the next number.
    OutOfSequence,
    /// The survey takes none of this any more.
    Closed,
    /// The survey is not closed yet.
    NotClosed,
    /// It may not be closed yet.
    TooEarly,
    /// A key is there already, or there would be too many.
    RosterRefused,
    /// A key to revoke is unknown.
    UnknownInvitation,
    /// A key to revoke is enrolled.
    Enrolled,
    /// There is no such survey.
    NoSurvey,
}

/// What came of an enrolment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Enrol {
    /// Bound, now or before, to this key.
    Bound,
    /// Bound to another key.
    Other,
    /// The reporter key belongs to another invitation.
    CredentialInUse,
    /// Not invited, or revoked.
    Unknown,
    /// The survey takes none any more.
    Closed,
}

/// A version to store.
#[derive(Clone, Debug)]
pub struct NewVersion {
    /// The statement with its signature.
    pub statement: SignedStatement,
    /// The hour of this server's word, if the version is new.
    pub hour: u64,
    /// The data server's word; none in a withdrawal that came directly.
    pub held: Option<SignedHour>,
    /// s_C, encrypted at rest; none in a withdrawal.
    pub sealed_share: Option<Vec<u8>>,
}

/// What came of a version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Declare {
    /// Stored, now or before; the hour is the first one's.
    Stored {
        /// Hour of this server's word.
        hour: u64,
        /// Whether a share was deleted.
        superseded: bool,
    },
    /// Another statement has this version, or a later one is there.
    Used,
    /// Not the next version.
    Gap,
    /// The credential is not enrolled.
    UnknownCredential,
    /// The survey takes none any more.
    Closed,
}

/// A stored version, without its share.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// The statement with its signature: 197 bytes.
    pub statement: Vec<u8>,
    /// The data server's word, if it gave one.
    pub held: Option<SignedHour>,
}

/// Decides on the set from the last version of every credential; `None` if the other list is not one.
pub type Decide = Box<dyn FnOnce(&[Version]) -> Option<Decision> + Send>;

/// What follows from both lists: signed documents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// This server's list.
    pub own_list: Vec<u8>,
    /// The set.
    pub agreed: Vec<u8>,
    /// The end, unless the outcome is to proceed.
    pub ended: Option<Vec<u8>>,
}

/// A settled agreement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Agreement {
    /// The data server's signed list.
    pub data_list: Vec<u8>,
    /// What followed.
    pub decision: Decision,
}

/// What came of agreeing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SettleAgreement {
    /// Settled with this list, now or before.
    Settled(Decision),
    /// Settled before with another list, or the list is not one.
    Conflict,
    /// The survey is still open, or its release is not ordered.
    NotClosed,
}

/// What an opening needs.
#[derive(Clone, Debug)]
pub struct OpeningMaterial {
    /// How far the survey is.
    pub stage: Stage,
    /// The agreement.
    pub agreement: Agreement,
    /// n, big-endian.
    pub n: Vec<u8>,
    /// The primes, encrypted at rest, unless destroyed.
    pub sealed_key: Option<Vec<u8>>,
    /// Credential, version and encrypted share of every version that has one.
    pub sealed_shares: Vec<(Hex<32>, u32, Vec<u8>)>,
    /// SHA-256 of the opening that was carried out.
    pub opening: Option<Hex<32>>,
    /// The signed release that came of it.
    pub release: Option<Vec<u8>>,
    /// The signed end.
    pub ended: Option<Vec<u8>>,
}

/// What came of the only opening.
#[derive(Clone, Debug)]
pub struct OpeningResult {
    /// SHA-256 of the opening.
    pub opening: Hex<32>,
    /// The data server's signature over the agreed set.
    pub agreed_countersignature: Hex<64>,
    /// A signed release, or a signed end.
    pub outcome: Result<Vec<u8>, Vec<u8>>,
}

/// What came of publishing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Publish {
    /// Published, now or before.
    Published,
    /// There is no release to publish.
    NoRelease,
}

/// What is published: signed documents.
#[derive(Clone, Debug)]
pub enum Released {
    /// A result.
    Release {
        /// The release.
        release: Vec<u8>,
        /// The data server's signature over it.
        countersignature: Hex<64>,
        /// The agreed set.
        agreed: Vec<u8>,
        /// The data server's signature over it.
        agreed_countersignature: Hex<64>,
    },
    /// An end without a result.
    Ended {
        /// The end.
        ended: Vec<u8>,
        /// The agreed set.
        agreed: Vec<u8>,
    },
}
