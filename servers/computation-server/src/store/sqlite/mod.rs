//! The store in SQLite: every operation is one job of the one writer.

mod agreement;
mod declarations;
mod enrolments;
mod keys;
mod opening;
mod orders;
mod surveys;
mod values;

use std::path::Path;

use ::sqlite::{Database, StoreError};
use protocol::Hex;
use sqlx::migrate::Migrator;

use super::{
    Answer, Burn, Burnt, Decide, Declare, Draft, Enrol, FoundSurvey, NewVersion, Open, OpenSurvey,
    OpeningMaterial, OpeningResult, OrderOutcome, PoolKey, Publish, Released, SettleAgreement, Store,
    StoredOrder,
};

static MIGRATOR: Migrator = sqlx::migrate!();

/// An open SQLite store.
#[derive(Clone, Debug)]
pub struct SqliteStore(Database);

impl SqliteStore {
    /// Opens or creates the database at `path`; must be called inside a Tokio runtime.
    ///
    /// # Errors
    /// [`StoreError`] if it is open elsewhere, cannot be made, or is newer than this program.
    pub async fn open(path: &Path) -> Result<Self, StoreError> {
        Database::open(path, &MIGRATOR).await.map(Self)
    }
}

impl Store for SqliteStore {
    fn add_key(&self, key: PoolKey) -> Answer<'_, ()> {
        Box::pin(self.0.write(move |c| Box::pin(keys::add(c, key))))
    }

    fn ready_keys(&self, bits: u32) -> Answer<'_, u64> {
        Box::pin(self.0.read(move |c| Box::pin(keys::ready(c, bits))))
    }

    fn burn_key(&self, burn: Burn) -> Answer<'_, Burnt> {
        Box::pin(self.0.write(move |c| Box::pin(keys::burn(c, burn))))
    }

    fn add_proof(&self, survey: Hex<32>, proof: Vec<u8>) -> Answer<'_, ()> {
        Box::pin(self.0.write(move |c| Box::pin(keys::add_proof(c, survey, proof))))
    }

    fn draft(&self, survey: Hex<32>) -> Answer<'_, Option<Draft>> {
        Box::pin(self.0.read(move |c| Box::pin(keys::draft(c, survey))))
    }

    fn open_survey(&self, survey: OpenSurvey) -> Answer<'_, Open> {
        Box::pin(self.0.write(move |c| Box::pin(surveys::open(c, survey))))
    }

    fn survey(&self, survey: Hex<32>) -> Answer<'_, Option<FoundSurvey>> {
        Box::pin(self.0.read(move |c| Box::pin(surveys::find(c, survey))))
    }

    fn order(&self, survey: Hex<32>, order: StoredOrder, now_s: u64) -> Answer<'_, OrderOutcome> {
        Box::pin(self.0.write(move |c| Box::pin(orders::carry_out(c, survey, order, now_s))))
    }

    fn enrol(&self, survey: Hex<32>, key: Hex<32>, credential: Hex<32>, now_s: u64) -> Answer<'_, Enrol> {
        Box::pin(self.0.write(move |c| Box::pin(enrolments::enrol(c, survey, key, credential, now_s))))
    }

    fn declare(&self, survey: Hex<32>, version: NewVersion, now_s: u64) -> Answer<'_, Declare> {
        Box::pin(self.0.write(move |c| Box::pin(declarations::declare(c, survey, version, now_s))))
    }

    fn agree(
        &self,
        survey: Hex<32>,
        data_list: Vec<u8>,
        now_s: u64,
        decide: Decide,
    ) -> Answer<'_, SettleAgreement> {
        Box::pin(self.0.write(move |c| Box::pin(agreement::agree(c, survey, data_list, now_s, decide))))
    }

    fn opening_material(&self, survey: Hex<32>) -> Answer<'_, Option<OpeningMaterial>> {
        Box::pin(self.0.read(move |c| Box::pin(opening::material(c, survey))))
    }

    fn record_opening(&self, survey: Hex<32>, result: OpeningResult) -> Answer<'_, ()> {
        Box::pin(self.0.write(move |c| Box::pin(opening::record(c, survey, result))))
    }

    fn publish(&self, survey: Hex<32>, countersignature: Hex<64>) -> Answer<'_, Publish> {
        Box::pin(self.0.write(move |c| Box::pin(opening::publish(c, survey, countersignature))))
    }

    fn released(&self, survey: Hex<32>) -> Answer<'_, Option<Released>> {
        Box::pin(self.0.read(move |c| Box::pin(opening::released(c, survey))))
    }

    fn scrub(&self) -> Answer<'_, ()> {
        Box::pin(self.0.checkpoint())
    }

    fn close(&self) -> Answer<'_, ()> {
        Box::pin(async {
            self.0.close().await;
            Ok(())
        })
    }
}
