//! A draft that can be relied on.

use protocol::{Draft, Hex, HexBytes, Identity, PaillierWire, Role, ServerWire, Side, key_statement};

/// Why a draft is not built on. Nothing was opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DraftDistrust {
    /// What stands at the address is no identity of such a server.
    #[error("the {} does not say who it is", name(*.0))]
    NotAnIdentity(Side),
    /// The draft names another identity than stands at the server's own address, or is pinned.
    #[error("the draft names another key of the {} than this server has", name(*.0))]
    ForeignKey(Side),
    /// An address that ends with a slash, which manifests do not take, or the like.
    #[error("the draft names an address that is refused")]
    Url,
    /// The computation server did not make the key for this survey.
    #[error("the Paillier key was not made for this survey")]
    ForeignPaillierKey,
}

const fn name(side: Side) -> &'static str {
    match side {
        Side::DataServer => "data server",
        Side::ComputationServer => "computation server",
    }
}

/// A draft whose servers are who they say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckedDraft(Draft);

impl CheckedDraft {
    /// Checks a draft against both servers' identities, which come from their own addresses or are pinned.
    ///
    /// # Errors
    /// [`DraftDistrust`].
    pub fn check(
        draft: Draft,
        data_server: &Identity,
        computation_server: &Identity,
    ) -> Result<Self, DraftDistrust> {
        same(Side::DataServer, &draft.data_server, data_server)?;
        same(Side::ComputationServer, &draft.computation_server, computation_server)?;
        if draft.data_server_url.ends_with('/') || draft.computation_server_url.ends_with('/') {
            return Err(DraftDistrust::Url);
        }
        let server = computation_server
            .verifying_key()
            .map_err(|_| DraftDistrust::NotAnIdentity(Side::ComputationServer))?;
        key_statement::verify(&server, &draft.survey, &draft.paillier.n.0, &draft.paillier.signature)
            .map_err(|_| DraftDistrust::ForeignPaillierKey)?;
        Ok(Self(draft))
    }

    /// The draft.
    #[must_use]
    pub const fn draft(&self) -> &Draft {
        &self.0
    }

    /// Stands in where a plan is checked before there is a draft; nothing of it is ever sent or signed.
    pub(crate) fn placeholder() -> Self {
        let identity = |role| Identity {
            format: Identity::FORMAT.to_owned(),
            role,
            operator: "unknown".to_owned(),
            signing_key: Hex([0; 32]),
            sealing_key: Hex([0; 32]),
            build: String::new(),
        };
        let url = "https://unknown.invalid".to_owned();
        Self(Draft {
            survey: Hex([0; 32]),
            paillier: PaillierWire {
                n: HexBytes(Vec::new()),
                proof: HexBytes(Vec::new()),
                signature: Hex([0; 64]),
            },
            data_server: identity(Role::DataServer),
            computation_server: identity(Role::ComputationServer),
            data_server_url: url.clone(),
            computation_server_url: url,
        })
    }

    pub(crate) fn trusted(draft: Draft) -> Self {
        Self(draft)
    }

    pub(crate) fn data_server(&self) -> ServerWire {
        wire(&self.0.data_server, &self.0.data_server_url)
    }

    pub(crate) fn computation_server(&self) -> ServerWire {
        wire(&self.0.computation_server, &self.0.computation_server_url)
    }
}

fn same(side: Side, named: &Identity, identity: &Identity) -> Result<(), DraftDistrust> {
    let role = match side {
        Side::DataServer => Role::DataServer,
        Side::ComputationServer => Role::ComputationServer,
    };
    if identity.format != Identity::FORMAT || identity.role != role || named.role != role {
        return Err(DraftDistrust::NotAnIdentity(side));
    }
    if (named.signing_key, named.sealing_key) != (identity.signing_key, identity.sealing_key) {
        return Err(DraftDistrust::ForeignKey(side));
    }
    Ok(())
}

fn wire(identity: &Identity, url: &str) -> ServerWire {
    ServerWire {
        operator: identity.operator.clone(),
        url: url.to_owned(),
        signing_key: identity.signing_key,
        sealing_key: identity.sealing_key,
    }
}
