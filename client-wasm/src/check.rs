//! Looks at a link: four requests that anybody may make.

use crate::aside::Aside;
use crate::errand::{Answer, Errand};
use crate::{SealingFailure, Server, ServerFailure, Shown};
use protocol::{
    Hex, Invitation, InvitationCode, LinkAddress, ManifestRefusal, PaillierWire, ServerUrl, VerifiedKey,
};
use reporter::{CheckedSurvey, SurveyDistrust, UnprovenSurvey};

/// Why a survey is not shown.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CheckFailure {
    /// A server did not answer as asked.
    #[error(transparent)]
    Server(#[from] ServerFailure),
    /// What the servers answer is not to be relied on.
    #[error(transparent)]
    Distrust(#[from] SurveyDistrust),
    /// The survey's key was not checked: no worker did it. Nobody can seal here either.
    #[error(transparent)]
    Worker(#[from] SealingFailure),
}

/// Why a survey's key is not worked with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyFailure {
    /// The key's proof does not hold.
    #[error("{}", ManifestRefusal::Paillier)]
    Key,
    /// The worker.
    #[error(transparent)]
    Worker(#[from] SealingFailure),
}

/// Completes a link whose end was cut off by its code: one request that anybody may make. What it brings is
/// checked like a whole link.
///
/// # Errors
/// [`CheckFailure`]; [`SurveyDistrust::OtherSurvey`] where the code is of another survey.
pub async fn complete_link(
    data_server: ServerUrl,
    address: LinkAddress,
    code: InvitationCode,
) -> Result<Invitation, CheckFailure> {
    let shown = Server::at(data_server).survey(&address.survey).await?;
    let completed = code.complete(address.base, address.survey, shown.manifest.fingerprint());
    completed.ok_or(CheckFailure::Distrust(SurveyDistrust::OtherSurvey))
}

/// Fetches the survey and both servers' identities, the computation server's from the address that the survey
/// names, and checks all of it against the link. Enrols nobody. Takes some tenths of a second for the key,
/// during which this thread does nothing else: pages call [`look_at_survey`] and [`prove_survey`].
///
/// # Errors
/// [`CheckFailure`].
pub async fn check_survey(data_server: ServerUrl, link: &Invitation) -> Result<CheckedSurvey, CheckFailure> {
    let survey = Shown::fetch(data_server, link).await?.check(link)?;
    let manifest = survey.manifest().manifest();
    let verified = manifest.paillier.verify(&manifest.survey).map_err(SurveyDistrust::from)?;
    Ok(survey.prove(verified)?)
}

/// Fetches and checks the same but the survey's key: enough for a person to read, and quick.
///
/// # Errors
/// [`CheckFailure`].
pub async fn look_at_survey(
    data_server: ServerUrl,
    link: &Invitation,
) -> Result<UnprovenSurvey, CheckFailure> {
    Ok(Shown::fetch(data_server, link).await?.check(link)?)
}

/// Has the survey's key checked in a worker from the script at an address of this page. What the worker finds
/// is believed, because it is this page's own program in this very browser. Where no worker can be had nothing
/// could be sealed, so the failure is one to show before anybody begins. Brings the finding, which
/// [`prove_by`] takes, in this program or in another one of the same page.
///
/// # Errors
/// [`CheckFailure::Worker`], and [`CheckFailure::Distrust`] for a key that does not hold.
pub async fn find_out(script: &str, survey: &UnprovenSurvey) -> Result<Hex<32>, CheckFailure> {
    let manifest = survey.manifest().manifest();
    find_out_about(script, &manifest.survey, &manifest.paillier).await.map_err(|failure| match failure {
        KeyFailure::Key => SurveyDistrust::from(ManifestRefusal::Paillier).into(),
        KeyFailure::Worker(failure) => failure.into(),
    })
}

/// Takes what [`find_out`] brought.
///
/// # Errors
/// [`SurveyDistrust`] if it is about another key.
pub fn prove_by(survey: UnprovenSurvey, finding: &Hex<32>) -> Result<CheckedSurvey, SurveyDistrust> {
    let manifest = survey.manifest().manifest();
    let verified = VerifiedKey::take_over(&manifest.paillier, &manifest.survey, finding)?;
    survey.prove(verified)
}

/// Both.
///
/// # Errors
/// [`CheckFailure`].
pub async fn prove_survey(script: &str, survey: UnprovenSurvey) -> Result<CheckedSurvey, CheckFailure> {
    let finding = find_out(script, &survey).await?;
    Ok(prove_by(survey, &finding)?)
}

/// Both, one after the other.
///
/// # Errors
/// [`CheckFailure`].
pub async fn check_survey_in_worker(
    script: &str,
    data_server: ServerUrl,
    link: &Invitation,
) -> Result<CheckedSurvey, CheckFailure> {
    prove_survey(script, look_at_survey(data_server, link).await?).await
}

/// Checks a survey's key in a worker from the script at an address of this page: it takes some tenths of a
/// second. What the worker finds is believed, because it is this page's own program in this very browser.
///
/// # Errors
/// [`KeyFailure`].
pub async fn verify_key_in_worker(
    script: &str,
    survey: &Hex<32>,
    key: &PaillierWire,
) -> Result<VerifiedKey, KeyFailure> {
    let finding = find_out_about(script, survey, key).await?;
    VerifiedKey::take_over(key, survey, &finding).map_err(|_| KeyFailure::Key)
}

async fn find_out_about(script: &str, survey: &Hex<32>, key: &PaillierWire) -> Result<Hex<32>, KeyFailure> {
    let mut aside = Aside::start(script).await?;
    aside.send(&Errand::VerifyKey { survey: *survey, key: key.clone() });
    match Answer::decode_finding(&aside.hear_bytes().await?) {
        Ok(Some(finding)) => Ok(finding),
        Ok(None) => Err(KeyFailure::Key),
        Err(_) => Err(SealingFailure::Refused.into()),
    }
}
