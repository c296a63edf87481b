//! `checkSurvey` and what it brings.

use super::error::{Thrown, count};
use crate::{check_survey, complete_link};
use ::reporter::{CheckedSurvey, Warning};
use js_sys::{Array, JSON};
use protocol::{Invitation, InvitationCode, InvitationRefusal, LinkAddress, ServerUrl, canonical};
use wasm_bindgen::prelude::*;

/// A survey whose keys, signatures and rules hold, and the link that leads to it.
#[wasm_bindgen]
pub struct Survey {
    pub(super) checked: CheckedSurvey,
    pub(super) link: Invitation,
    pub(super) data_server: ServerUrl,
}

/// Fetches a survey from both servers and checks everything about it. Enrols nobody. `code` is what stands
/// beside the link, for links whose end was cut off.
///
/// # Errors
/// Throws a `SealedPayError`.
#[wasm_bindgen(js_name = checkSurvey)]
pub async fn check(data_server_url: String, link: String, code: Option<String>) -> Result<Survey, JsValue> {
    let look = async {
        let data_server = ServerUrl::parse(&data_server_url)?;
        let link = match (Invitation::parse(&link), code) {
            (Err(InvitationRefusal::CutFragment), Some(code)) => {
                let (address, code) = (LinkAddress::parse(&link)?, InvitationCode::parse(&code)?);
                complete_link(data_server.clone(), address, code).await?
            }
            (link, _) => link?,
        };
        let checked = check_survey(data_server.clone(), &link).await?;
        Ok::<_, Thrown>(Survey { checked, link, data_server })
    };
    look.await.map_err(JsValue::from)
}

/// The same for those who fetch by themselves: the two survey documents and the two identities, as text.
///
/// # Errors
/// Throws a `SealedPayError`.
#[wasm_bindgen(js_name = surveyFromDocuments)]
#[expect(clippy::needless_pass_by_value, reason = "wasm-bindgen hands over vectors of strings")]
pub fn from_documents(data_server_url: &str, link: &str, documents: Vec<String>) -> Result<Survey, JsValue> {
    let look = || {
        let (link, data_server) = (Invitation::parse(link)?, ServerUrl::parse(data_server_url)?);
        let [from_data, from_computation, data, computation] = documents.as_slice() else {
            return Err(Thrown::new("malformed", "four documents are needed"));
        };
        let checked = CheckedSurvey::check(
            &link,
            serde_json::from_str(from_data)?,
            &serde_json::from_str(from_computation)?,
            &serde_json::from_str(data)?,
            &serde_json::from_str(computation)?,
        )?;
        Ok(Survey { checked, link, data_server })
    };
    look().map_err(JsValue::from)
}

#[wasm_bindgen]
impl Survey {
    /// The manifest: title, operators, categories, unit, limits, minimum numbers, closing times.
    #[wasm_bindgen(getter)]
    pub fn manifest(&self) -> JsValue {
        let text = canonical::encode(self.checked.manifest().manifest());
        JSON::parse(&String::from_utf8_lossy(&text)).unwrap_or_default()
    }

    /// The fingerprint that everybody of this survey can compare.
    #[wasm_bindgen(getter)]
    pub fn fingerprint(&self) -> String {
        self.checked.fingerprint().to_string()
    }

    /// `open`, `closed`, `opening`, `released` or `ended`, by the data server's word.
    #[wasm_bindgen(getter)]
    pub fn state(&self) -> JsValue {
        let name = serde_json::to_value(self.checked.state());
        name.ok().as_ref().and_then(|name| name.as_str()).map_or(JsValue::UNDEFINED, JsValue::from_str)
    }

    /// What a person should know first: `rehearsal`, `no-validity`, `same-operator`, `same-host`,
    /// `same-domain`.
    #[wasm_bindgen(getter)]
    pub fn warnings(&self) -> Array {
        self.checked.warnings().into_iter().map(|warning| JsValue::from_str(name(warning))).collect()
    }

    /// The most rows that one reporter may send.
    #[wasm_bindgen(getter, js_name = maxEmployees)]
    pub fn max_employees(&self) -> f64 {
        count(self.max_rows())
    }
}

impl Survey {
    pub(super) fn max_rows(&self) -> usize {
        self.checked.manifest().manifest().max_employees_per_reporter as usize
    }
}

const fn name(warning: Warning) -> &'static str {
    match warning {
        Warning::Rehearsal => "rehearsal",
        Warning::NoValidity => "no-validity",
        Warning::SameOperator => "same-operator",
        Warning::SameHost => "same-host",
        Warning::SameDomain => "same-domain",
    }
}
