//! What both servers show of a survey to anybody who asks.

use crate::{Server, ServerFailure};
use futures_util::future::try_join3;
use protocol::{Identity, Invitation, ServerUrl, ServerWire, SurveyDocument};
use reporter::{SurveyDistrust, UnprovenSurvey};

/// The survey from both servers and both servers' identities, as they came: nothing of it is relied on before
/// [`Shown::check`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    from_data: SurveyDocument,
    from_computation: SurveyDocument,
    data: Identity,
    computation: Identity,
}

impl Shown {
    /// Fetches it: four requests that anybody may make, the computation server's at the address that the survey
    /// names.
    ///
    /// # Errors
    /// [`ServerFailure`].
    pub async fn fetch(data_server: ServerUrl, link: &Invitation) -> Result<Self, ServerFailure> {
        let from_data = Server::at(data_server).survey(&link.survey).await?;
        let named =
            |server: &ServerWire| ServerUrl::parse(&server.url).map(Server::at).map_err(ServerFailure::from);
        // An identity counts at the address that the manifest names, wherever the page was told to ask first.
        let data = named(&from_data.manifest.data_server)?;
        let computation = named(&from_data.manifest.computation_server)?;
        let (from_computation, data, computation) =
            try_join3(computation.survey(&link.survey), data.identity(), computation.identity()).await?;
        Ok(Self { from_data, from_computation, data, computation })
    }

    /// Checks it against the link, all but the survey's key: enough for a person to read, and quick.
    ///
    /// # Errors
    /// [`SurveyDistrust`].
    pub fn check(&self, link: &Invitation) -> Result<UnprovenSurvey, SurveyDistrust> {
        UnprovenSurvey::check(
            link,
            self.from_data.clone(),
            &self.from_computation,
            &self.data,
            &self.computation,
        )
    }

    /// As a text, for another program of the same page.
    #[must_use]
    pub fn hand_over(&self) -> String {
        let Self { from_data, from_computation, data, computation } = self;
        // Our documents hold string keys only; none of them fails to encode.
        serde_json::to_string(&(from_data, from_computation, data, computation)).unwrap_or_default()
    }

    /// Takes over what [`Shown::hand_over`] gave; nothing if it is something else.
    #[must_use]
    pub fn take_over(text: &str) -> Option<Self> {
        let (from_data, from_computation, data, computation) = serde_json::from_str(text).ok()?;
        Some(Self { from_data, from_computation, data, computation })
    }
}
