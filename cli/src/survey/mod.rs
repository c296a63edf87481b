//! `sealedpay survey …`: an organizer's steps, one by one, against running servers.

mod create;
mod invited;
mod open;
mod orders;
pub(crate) mod preset;
mod result;
mod session;
mod status;

use crate::Failure;
use crate::args::SurveyAction;

/// Runs one step.
pub(crate) async fn run(action: SurveyAction) -> Result<(), Failure> {
    match action {
        SurveyAction::Preset(args) => preset::run(&args),
        SurveyAction::Create(args) => create::run(*args).await,
        SurveyAction::Open(args) => open::run(args).await,
        SurveyAction::Invite(args) => open::invite(args).await,
        SurveyAction::Status(args) => status::run(args).await,
        SurveyAction::Close(args) => orders::close(args).await,
        SurveyAction::Release(args) => orders::release(args).await,
        SurveyAction::Bundle(args) => result::bundle(&args).await,
        SurveyAction::Show(args) => result::show(args).await,
    }
}
