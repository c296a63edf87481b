//! The port to the database: what is kept, in operations that are whole or not at all.
//!
//! Check and change are one operation each, and what came of it is an enum. SQL is in here and nowhere else.
//! [`conformance`] is the law that every implementation obeys. Documents are kept as their canonical bytes.

pub mod conformance;
mod outcomes;
mod rows;
mod sqlite;

pub use ::sqlite::{BoxFuture, StoreError};
pub use outcomes::{Confirmed, Declare, Enrol, LabelsOutcome, Open, OrderOutcome, Put, Settled};
pub use rows::{
    Ending, Freeze, Invitation, MessageKey, NewSurvey, NewVersion, OrderEffect, PendingOrder, Piece,
    RefusedVersion, SignedRefusal, StoredOrder, Survey, Token, Trail, Version, VersionKey,
};
pub use sqlite::SqliteStore;

use futures_util::stream::BoxStream;
use protocol::{Enrolment, Hex, SignedHour, SurveyState};

/// What a store answers, later.
pub type Answer<'a, T> = BoxFuture<'a, Result<T, StoreError>>;

/// Pieces of groups, one after the other.
pub type Pieces<'a> = BoxStream<'a, Result<Piece, StoreError>>;

/// The longest piece: a whole number of ciphertexts of every length of key.
pub const PIECE_BYTES: usize = 64 * 3072;

/// Everything the server keeps. An answer is given only after the change is on disk.
pub trait Store: Send + Sync + 'static {
    /// SHA-256 of the organizer's token.
    fn sign_in_digest(&self) -> Answer<'_, Option<[u8; 32]>>;
    /// Replaces the digest.
    fn set_sign_in_digest(&self, digest: [u8; 32]) -> Answer<'_, ()>;
    /// Keeps a draft.
    fn put_draft(&self, survey: Hex<32>, sealed: Vec<u8>) -> Answer<'_, ()>;
    /// A draft that is not open yet.
    fn draft(&self, survey: Hex<32>) -> Answer<'_, Option<Vec<u8>>>;

    /// Keeps a survey that the other server has not opened yet.
    fn put_survey(&self, survey: NewSurvey) -> Answer<'_, Open>;
    /// Opens it: adds the other server's signature; its draft is used up.
    fn confirm_survey(&self, survey: Hex<32>, signature: Hex<64>) -> Answer<'_, ()>;
    /// Forgets a survey that the other server has refused to open.
    fn drop_survey(&self, survey: Hex<32>) -> Answer<'_, ()>;
    /// A survey as it stands.
    fn survey(&self, survey: Hex<32>) -> Answer<'_, Option<Survey>>;
    /// Surveys on their way to the end.
    fn opening_surveys(&self) -> Answer<'_, Vec<Hex<32>>>;

    /// Keeps the next order until the other server has taken it. Changes nothing else.
    fn put_order(&self, survey: Hex<32>, order: PendingOrder, now_s: u64) -> Answer<'_, OrderOutcome>;
    /// Carries an order out that the other server has taken.
    fn apply_order(&self, order: StoredOrder, effect: OrderEffect) -> Answer<'_, Settled>;
    /// Forgets an order that the other server has refused: this one, not another with its number.
    fn drop_order(&self, order: StoredOrder) -> Answer<'_, Settled>;
    /// Orders that the other server has not taken yet.
    fn pending_orders(&self) -> Answer<'_, Vec<StoredOrder>>;

    /// All invitations of a survey, with what came of them.
    fn invitations(&self, survey: Hex<32>) -> Answer<'_, Vec<Invitation>>;
    /// Keeps labels, all or none.
    fn put_labels(&self, survey: Hex<32>, labels: Vec<(Hex<32>, Vec<u8>)>) -> Answer<'_, LabelsOutcome>;
    /// Binds a reporter key to an invitation, once.
    fn enrol(&self, survey: Hex<32>, enrolment: Enrolment, now_s: u64) -> Answer<'_, Enrol>;
    /// Adds the other server's confirmation, which is about the enrolment's two keys.
    fn confirm_enrolment(
        &self,
        survey: Hex<32>,
        enrolment: Enrolment,
        signature: Hex<64>,
    ) -> Answer<'_, Settled>;
    /// Undoes an enrolment that the other server has refused: that of this reporter key, no other.
    fn drop_enrolment(&self, survey: Hex<32>, enrolment: Enrolment) -> Answer<'_, Settled>;
    /// Enrolments that the other server has not confirmed yet.
    fn pending_enrolments(&self) -> Answer<'_, Vec<(Hex<32>, Enrolment)>>;
    /// Whether both servers know this credential.
    fn is_enrolled(&self, survey: Hex<32>, credential: Hex<32>) -> Answer<'_, bool>;

    /// What [`Store::put_version`] would say, without storing anything.
    fn look_up(&self, key: VersionKey, token: Token, now_s: u64) -> Answer<'_, Put>;
    /// Stores the next version. The one before it stays complete.
    fn put_version(&self, version: NewVersion, now_s: u64) -> Answer<'_, Put>;
    /// Adds the other server's word and deletes ciphertexts and shares of earlier versions.
    /// Only this message gets the word, no other with its version.
    fn declare(&self, message: MessageKey, word: SignedHour) -> Answer<'_, Declare>;
    /// Forgets a message that the other server has refused: this one, no other with its version.
    fn drop_version(&self, message: MessageKey) -> Answer<'_, Settled>;
    /// Keeps the other server's signed refusal of a version until the survey ends, and forgets the version.
    fn refuse_version(&self, version: Version, refusal: SignedRefusal) -> Answer<'_, Settled>;
    /// What the other server has refused and this server does not have either.
    fn refused_versions(&self, survey: Hex<32>) -> Answer<'_, Vec<RefusedVersion>>;
    /// Versions that the other server does not have yet, lowest first; of one survey or of all.
    fn pending_versions(&self, survey: Option<Hex<32>>) -> Answer<'_, Vec<Version>>;

    /// Stops intake for good and keeps the list that `freeze` makes of the last versions; or finds the one
    /// that was made before.
    fn freeze(&self, survey: Hex<32>, freeze: Freeze) -> Answer<'_, Vec<u8>>;
    /// Who was invited and who took part, without labels.
    fn trail(&self, survey: Hex<32>) -> Answer<'_, Trail>;
    /// How far the end is.
    fn ending(&self, survey: Hex<32>) -> Answer<'_, Option<Ending>>;
    /// Keeps the other server's checked answer to the list; the first one stays.
    fn put_agreement(&self, survey: Hex<32>, agreement: Vec<u8>) -> Answer<'_, ()>;
    /// Keeps the only opening; the first one stays.
    fn put_opening(&self, survey: Hex<32>, opening: Vec<u8>) -> Answer<'_, ()>;
    /// Keeps what will be published; the first one stays.
    fn put_result(&self, survey: Hex<32>, result: Vec<u8>) -> Answer<'_, ()>;
    /// Ends the survey: its result is public, its ciphertexts and shares are gone.
    fn finish(&self, survey: Hex<32>, state: SurveyState) -> Answer<'_, ()>;
    /// The ciphertexts of a version, group after group in the order of the layout, piece after piece. Read as
    /// they are asked for: no store holds more than some pieces of them.
    fn ciphertexts(&self, key: VersionKey) -> Pieces<'_>;
    /// The encrypted share of a version.
    fn share(&self, key: VersionKey) -> Answer<'_, Option<Vec<u8>>>;

    /// Makes what was deleted leave the disk as well.
    fn scrub(&self) -> Answer<'_, ()>;
    /// Lets go of the database.
    fn close(&self) -> Answer<'_, ()>;
}
