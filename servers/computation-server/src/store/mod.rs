//! The port to the database: what is kept, in operations that are whole or not at all.
//!
//! Check and change are one operation each, and what came of it is an enum. SQL is in here and nowhere else.
//! [`conformance`] is the law that every implementation obeys.

pub mod conformance;
mod rows;
mod sqlite;

pub use ::sqlite::{BoxFuture, StoreError};
pub use rows::{
    Agreement, Burn, Burnt, Decide, Decision, Declare, Draft, Enrol, FoundSurvey, NewVersion, Open,
    OpenSurvey, OpeningMaterial, OpeningResult, OrderOutcome, PoolKey, Publish, Released, SettleAgreement,
    Stage, StoredOrder, StoredOrderKind, Version,
};
pub use sqlite::SqliteStore;

use protocol::Hex;

/// What a store answers, later.
pub type Answer<'a, T> = BoxFuture<'a, Result<T, StoreError>>;

/// Everything the server keeps. An answer is given only after the change is on disk.
pub trait Store: Send + Sync + 'static {
    /// Puts a key into the pool; a key that was ever here is left as it is.
    fn add_key(&self, key: PoolKey) -> Answer<'_, ()>;
    /// How many keys of this length are ready.
    fn ready_keys(&self, bits: u32) -> Answer<'_, u64>;
    /// Binds a ready key to a survey for good, or finds the one bound for the same half of the id.
    fn burn_key(&self, burn: Burn) -> Answer<'_, Burnt>;
    /// Destroys the key of a draft that was never opened for submissions; its n serves nobody any more.
    fn discard_key(&self, survey: Hex<32>) -> Answer<'_, ()>;
    /// Whether any key was ever here.
    fn had_keys(&self) -> Answer<'_, bool>;
    /// Whether this key was ever here.
    fn knows_key(&self, n: Vec<u8>) -> Answer<'_, bool>;
    /// Adds the key's proof to a draft.
    fn add_proof(&self, survey: Hex<32>, proof: Vec<u8>) -> Answer<'_, ()>;
    /// The key bound to a survey.
    fn draft(&self, survey: Hex<32>) -> Answer<'_, Option<Draft>>;

    /// Opens a survey for submissions, once.
    fn open_survey(&self, survey: OpenSurvey) -> Answer<'_, Open>;
    /// A survey as it stands.
    fn survey(&self, survey: Hex<32>) -> Answer<'_, Option<FoundSurvey>>;
    /// Carries out the next order.
    fn order(&self, survey: Hex<32>, order: StoredOrder, now_s: u64) -> Answer<'_, OrderOutcome>;
    /// Binds a reporter key to an invitation, once.
    fn enrol(&self, survey: Hex<32>, key: Hex<32>, credential: Hex<32>, now_s: u64) -> Answer<'_, Enrol>;
    /// Stores one version and deletes the shares of those before it.
    fn declare(&self, survey: Hex<32>, version: NewVersion, now_s: u64) -> Answer<'_, Declare>;

    /// Fixes the set, once, and not before the order to release: `decide` gets the last version of every credential, in order, while nothing changes.
    fn agree(
        &self,
        survey: Hex<32>,
        data_list: Vec<u8>,
        now_s: u64,
        decide: Decide,
    ) -> Answer<'_, SettleAgreement>;
    /// What an opening needs, and what came of it if there was one.
    fn opening_material(&self, survey: Hex<32>) -> Answer<'_, Option<OpeningMaterial>>;
    /// Writes down what came of the only opening. An end destroys key and shares.
    fn record_opening(&self, survey: Hex<32>, result: OpeningResult) -> Answer<'_, ()>;
    /// Publishes with the other server's signature and destroys key and shares.
    fn publish(&self, survey: Hex<32>, countersignature: Hex<64>) -> Answer<'_, Publish>;
    /// What is published.
    fn released(&self, survey: Hex<32>) -> Answer<'_, Option<Released>>;

    /// Makes what was deleted leave the disk as well.
    fn scrub(&self) -> Answer<'_, ()>;
    /// Lets go of the database.
    fn close(&self) -> Answer<'_, ()>;
}
