//! Looks at a link: four requests that anybody may make.

use crate::aside::Aside;
use crate::errand::{Answer, Errand};
use crate::{SealingFailure, Server, ServerFailure};
use futures_util::future::try_join3;
use protocol::{
    Hex, Identity, Invitation, InvitationCode, LinkAddress, ManifestRefusal, PaillierWire, ServerUrl,
    ServerWire, SurveyDocument, VerifiedKey,
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
    let Shown { from_data, from_computation, data, computation } = fetch(data_server, link).await?;
    Ok(CheckedSurvey::check(link, from_data, &from_computation, &data, &computation)?)
}

/// Fetches and checks the same but the survey's key: enough for a person to read, and quick.
///
/// # Errors
/// [`CheckFailure`].
pub async fn look_at_survey(
    data_server: ServerUrl,
    link: &Invitation,
) -> Result<UnprovenSurvey, CheckFailure> {
    let Shown { from_data, from_computation, data, computation } = fetch(data_server, link).await?;
    Ok(UnprovenSurvey::check(link, from_data, &from_computation, &data, &computation)?)
}

/// Has the survey's key checked in a worker from the script at an address of this page. What the worker finds
/// is believed, because it is this page's own program in this very browser. Where no worker can be had nothing
/// could be sealed, so the failure is one to show before anybody begins.
///
/// # Errors
/// [`CheckFailure::Worker`], and [`CheckFailure::Distrust`] for a key that does not hold.
pub async fn prove_survey(script: &str, survey: UnprovenSurvey) -> Result<CheckedSurvey, CheckFailure> {
    let manifest = survey.manifest().manifest();
    match verify_key_in_worker(script, &manifest.survey, &manifest.paillier).await {
        Ok(verified) => Ok(survey.prove(verified)?),
        Err(KeyFailure::Key) => Err(SurveyDistrust::from(ManifestRefusal::Paillier).into()),
        Err(KeyFailure::Worker(failure)) => Err(failure.into()),
    }
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

/// What anybody may fetch.
struct Shown {
    from_data: SurveyDocument,
    from_computation: SurveyDocument,
    data: Identity,
    computation: Identity,
}

async fn fetch(data_server: ServerUrl, link: &Invitation) -> Result<Shown, ServerFailure> {
    let from_data = Server::at(data_server).survey(&link.survey).await?;
    let named =
        |server: &ServerWire| ServerUrl::parse(&server.url).map(Server::at).map_err(ServerFailure::from);
    // An identity counts at the address that the manifest names, wherever the page was told to ask first.
    let data = named(&from_data.manifest.data_server)?;
    let computation = named(&from_data.manifest.computation_server)?;
    let (from_computation, data, computation) =
        try_join3(computation.survey(&link.survey), data.identity(), computation.identity()).await?;
    Ok(Shown { from_data, from_computation, data, computation })
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
    let mut aside = Aside::start(script).await?;
    aside.send(&Errand::VerifyKey { survey: *survey, key: key.clone() });
    match aside.hear().await? {
        Answer::KeyHolds(finding) => {
            VerifiedKey::take_over(key, survey, &finding).map_err(|_| KeyFailure::Key)
        }
        Answer::Refused => Err(KeyFailure::Key),
        _ => Err(SealingFailure::Refused.into()),
    }
}
