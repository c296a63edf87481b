//! Looks at a link: four requests that anybody may make.

use crate::{Server, ServerFailure};
use futures_util::future::try_join3;
use protocol::{Invitation, ServerUrl};
use reporter::{CheckedSurvey, SurveyDistrust};

/// Why a survey is not shown.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CheckFailure {
    /// A server did not answer as asked.
    #[error(transparent)]
    Server(#[from] ServerFailure),
    /// What the servers answer is not to be relied on.
    #[error(transparent)]
    Distrust(#[from] SurveyDistrust),
}

/// Fetches the survey and both servers' identities, the computation server's from the address that the survey
/// names, and checks all of it against the link. Enrols nobody.
///
/// # Errors
/// [`CheckFailure`].
pub async fn check_survey(data_server: ServerUrl, link: &Invitation) -> Result<CheckedSurvey, CheckFailure> {
    let data = Server::at(data_server);
    let from_data = data.survey(&link.survey).await?;
    let url = ServerUrl::parse(&from_data.manifest.computation_server.url).map_err(ServerFailure::from)?;
    let computation = Server::at(url);
    let (from_computation, data_identity, computation_identity) =
        try_join3(computation.survey(&link.survey), data.identity(), computation.identity()).await?;
    Ok(CheckedSurvey::check(link, from_data, &from_computation, &data_identity, &computation_identity)?)
}
