//! Why a survey is not taken part in.

use protocol::{ManifestRefusal, Side};

/// What is wrong with a survey, its servers or their documents. Nothing was sent, and nothing may be.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SurveyDistrust {
    /// The servers show another survey than the link is for.
    #[error("the survey is not the one that the link was made for")]
    OtherSurvey,
    /// The two servers show different surveys under one id.
    #[error("the two servers show different surveys")]
    ServersDiffer,
    /// What stands at a server's own address is not the identity of such a server.
    #[error("the {} does not say who it is", name(*.0))]
    NotAnIdentity(Side),
    /// The manifest names other keys than stand at the server's own address, or are pinned.
    #[error("the survey names another key of the {} than this server has", name(*.0))]
    ForeignKey(Side),
    /// The manifest breaks a rule of the protocol.
    #[error("the survey breaks a rule: {0}")]
    Manifest(#[from] ManifestRefusal),
    /// The organizer did not sign the manifest.
    #[error("the organizer's signature does not hold")]
    OrganizerSignature,
    /// A server did not sign the manifest.
    #[error("the signature of the {} does not hold", name(*.0))]
    ServerSignature(Side),
}

/// What a server is called in sentences.
pub(crate) const fn name(side: Side) -> &'static str {
    match side {
        Side::DataServer => "data server",
        Side::ComputationServer => "computation server",
    }
}
