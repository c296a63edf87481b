//! The store on SQLite. Each operation is one job of the single writer, or one view of the data.

mod decode;
mod endings;
mod enrolments;
mod orders;
mod refusals;
mod surveys;
mod trail;
mod versions;

use std::path::Path;

use protocol::{Enrolment, Hex, SignedHour, SurveyState};
use sqlite::{Database, StoreError};
use sqlx::migrate::Migrator;

use crate::store::{
    Answer, Declare, Ending, Enrol, Freeze, Invitation, LabelsOutcome, MessageKey, NewSurvey, NewVersion,
    Open, OrderEffect, OrderOutcome, PendingOrder, Pieces, Put, RefusedVersion, Settled, SignedRefusal,
    Store, StoredOrder, Survey, Token, Trail, Version, VersionKey,
};

static MIGRATIONS: Migrator = sqlx::migrate!("./migrations");

/// The store in one SQLite file.
#[derive(Clone, Debug)]
pub struct SqliteStore(Database);

impl SqliteStore {
    /// Opens or creates the file.
    ///
    /// # Errors
    /// [`StoreError`], also if another process has it.
    pub async fn open(path: &Path) -> Result<Self, StoreError> {
        Database::open(path, &MIGRATIONS).await.map(Self)
    }
}

impl Store for SqliteStore {
    fn sign_in_digest(&self) -> Answer<'_, Option<[u8; 32]>> {
        Box::pin(surveys::sign_in_digest(&self.0))
    }

    fn set_sign_in_digest(&self, digest: [u8; 32]) -> Answer<'_, ()> {
        Box::pin(surveys::set_sign_in_digest(&self.0, digest))
    }

    fn put_draft(&self, survey: Hex<32>, sealed: Vec<u8>) -> Answer<'_, ()> {
        Box::pin(surveys::put_draft(&self.0, survey, sealed))
    }

    fn draft(&self, survey: Hex<32>) -> Answer<'_, Option<Vec<u8>>> {
        Box::pin(surveys::draft(&self.0, survey))
    }

    fn put_survey(&self, survey: NewSurvey) -> Answer<'_, Open> {
        Box::pin(surveys::put_survey(&self.0, survey))
    }

    fn confirm_survey(&self, survey: Hex<32>, signature: Hex<64>) -> Answer<'_, ()> {
        Box::pin(surveys::confirm_survey(&self.0, survey, signature))
    }

    fn drop_survey(&self, survey: Hex<32>) -> Answer<'_, ()> {
        Box::pin(surveys::drop_survey(&self.0, survey))
    }

    fn survey(&self, survey: Hex<32>) -> Answer<'_, Option<Survey>> {
        Box::pin(surveys::survey(&self.0, survey))
    }

    fn opening_surveys(&self) -> Answer<'_, Vec<Hex<32>>> {
        Box::pin(surveys::opening_surveys(&self.0))
    }

    fn put_order(&self, survey: Hex<32>, order: PendingOrder, now_s: u64) -> Answer<'_, OrderOutcome> {
        Box::pin(orders::put_order(&self.0, survey, order, now_s))
    }

    fn apply_order(&self, order: StoredOrder, effect: OrderEffect) -> Answer<'_, Settled> {
        Box::pin(orders::apply_order(&self.0, order, effect))
    }

    fn drop_order(&self, order: StoredOrder) -> Answer<'_, Settled> {
        Box::pin(orders::drop_order(&self.0, order))
    }

    fn pending_orders(&self) -> Answer<'_, Vec<StoredOrder>> {
        Box::pin(orders::pending_orders(&self.0))
    }

    fn invitations(&self, survey: Hex<32>) -> Answer<'_, Vec<Invitation>> {
        Box::pin(enrolments::invitations(&self.0, survey))
    }

    fn put_labels(&self, survey: Hex<32>, labels: Vec<(Hex<32>, Vec<u8>)>) -> Answer<'_, LabelsOutcome> {
        Box::pin(enrolments::put_labels(&self.0, survey, labels))
    }

    fn enrol(&self, survey: Hex<32>, enrolment: Enrolment, now_s: u64) -> Answer<'_, Enrol> {
        Box::pin(enrolments::enrol(&self.0, survey, enrolment, now_s))
    }

    fn confirm_enrolment(
        &self,
        survey: Hex<32>,
        enrolment: Enrolment,
        signature: Hex<64>,
    ) -> Answer<'_, Settled> {
        Box::pin(enrolments::confirm(&self.0, survey, enrolment, signature))
    }

    fn drop_enrolment(&self, survey: Hex<32>, enrolment: Enrolment) -> Answer<'_, Settled> {
        Box::pin(enrolments::drop_enrolment(&self.0, survey, enrolment))
    }

    fn pending_enrolments(&self) -> Answer<'_, Vec<(Hex<32>, Enrolment)>> {
        Box::pin(enrolments::pending(&self.0))
    }

    fn is_enrolled(&self, survey: Hex<32>, credential: Hex<32>) -> Answer<'_, bool> {
        Box::pin(enrolments::is_enrolled(&self.0, survey, credential))
    }

    fn look_up(&self, key: VersionKey, token: Token, now_s: u64) -> Answer<'_, Put> {
        Box::pin(versions::look_up(&self.0, key, token, now_s))
    }

    fn put_version(&self, version: NewVersion, now_s: u64) -> Answer<'_, Put> {
        Box::pin(versions::put(&self.0, version, now_s))
    }

    fn declare(&self, message: MessageKey, word: SignedHour) -> Answer<'_, Declare> {
        Box::pin(versions::declare(&self.0, message, word))
    }

    fn drop_version(&self, message: MessageKey) -> Answer<'_, Settled> {
        Box::pin(versions::drop_version(&self.0, message))
    }

    fn refuse_version(&self, version: Version, refusal: SignedRefusal) -> Answer<'_, Settled> {
        Box::pin(refusals::refuse_version(&self.0, version, refusal))
    }

    fn refused_versions(&self, survey: Hex<32>) -> Answer<'_, Vec<RefusedVersion>> {
        Box::pin(refusals::refused_versions(&self.0, survey))
    }

    fn pending_versions(&self, survey: Option<Hex<32>>) -> Answer<'_, Vec<Version>> {
        Box::pin(versions::pending(&self.0, survey))
    }

    fn freeze(&self, survey: Hex<32>, freeze: Freeze) -> Answer<'_, Vec<u8>> {
        Box::pin(endings::freeze(&self.0, survey, freeze))
    }

    fn trail(&self, survey: Hex<32>) -> Answer<'_, Trail> {
        Box::pin(trail::trail(&self.0, survey))
    }

    fn ending(&self, survey: Hex<32>) -> Answer<'_, Option<Ending>> {
        Box::pin(endings::ending(&self.0, survey))
    }

    fn put_agreement(&self, survey: Hex<32>, agreement: Vec<u8>) -> Answer<'_, ()> {
        Box::pin(endings::put_agreement(&self.0, survey, agreement))
    }

    fn put_opening(&self, survey: Hex<32>, opening: Vec<u8>) -> Answer<'_, ()> {
        Box::pin(endings::put_opening(&self.0, survey, opening))
    }

    fn put_result(&self, survey: Hex<32>, result: Vec<u8>) -> Answer<'_, ()> {
        Box::pin(endings::put_result(&self.0, survey, result))
    }

    fn finish(&self, survey: Hex<32>, state: SurveyState) -> Answer<'_, ()> {
        Box::pin(endings::finish(&self.0, survey, state))
    }

    fn ciphertexts(&self, key: VersionKey) -> Pieces<'_> {
        versions::ciphertexts(&self.0, key)
    }

    fn share(&self, key: VersionKey) -> Answer<'_, Option<Vec<u8>>> {
        Box::pin(versions::share(&self.0, key))
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

#[cfg(test)]
mod migration_tests;
