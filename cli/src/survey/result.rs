//! `sealedpay survey show`: the result, printed only after it was verified.

use super::session::{Session, wants_json};
use crate::args::{BundleArgs, Output, ShowArgs};
use crate::{Failure, files, out, show};
use organizer::{VerifiedResult, verify_result};
use protocol::{AdmittedManifest, ReleasedDocument};

/// Fetches, verifies, prints.
pub(crate) async fn show(args: ShowArgs) -> Result<(), Failure> {
    let session = Session::anonymous(&args.state)?;
    let survey = session.state.survey();
    let document = session.data.release(&survey).await.map_err(unchanged)?;
    let other = session.computation.release(&survey).await.map_err(unchanged)?;
    if other != document {
        return Err(Failure::distrust("the two servers published different results"));
    }
    print(&session, &document, args.output, args.csv)
}

/// Fetches the bundle and writes it; whether it holds says `sealedpay verify`.
pub(crate) async fn bundle(args: &BundleArgs) -> Result<(), Failure> {
    let session = Session::anonymous(&args.state)?;
    let bundle = session.data.bundle(&session.state.survey()).await.map_err(unchanged)?;
    files::write_public(&args.file, &bundle)
}

/// Verifies against the manifest of the state file, which is what was opened.
pub(super) fn print(
    session: &Session,
    document: &ReleasedDocument,
    output: Output,
    csv: bool,
) -> Result<(), Failure> {
    let manifest = manifest(session)?;
    let result = verify_result(&manifest, document).map_err(Failure::distrust)?;
    match &result {
        VerifiedResult::Released { release, .. } if csv => show::print_csv(&manifest, release),
        VerifiedResult::Released { release, .. } if wants_json(output) => {
            out::line(&show::released_json(&manifest, release));
        }
        VerifiedResult::Released { release, .. } => show::print_table(&manifest, release),
        VerifiedResult::Ended { ended, .. } => {
            if wants_json(output) && !csv {
                out::line(&show::ended_json(&manifest, ended));
            }
            return Err(Failure::ended(show::ended_in_words(ended.reason)));
        }
    }
    Ok(())
}

fn manifest(session: &Session) -> Result<AdmittedManifest, Failure> {
    let request = session.state.request.as_ref();
    let request = request.ok_or_else(|| Failure::input("This survey was not opened yet."))?;
    request.manifest.clone().admit().map_err(Failure::distrust)
}

/// Asking changes nothing.
#[expect(clippy::needless_pass_by_value, reason = "the shape that map_err wants")]
fn unchanged(error: http_client::ClientError) -> Failure {
    Failure::client(&error, "")
}
