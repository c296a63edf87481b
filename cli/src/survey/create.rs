//! `sealedpay survey create`.

use super::preset;
use super::session::{client, http, sign_in, url, wants_json};
use crate::args::CreateArgs;
use crate::{Failure, clock, files, out, randomness, show};
use http_client::{ComputationServer, DataServer};
use organizer::{CheckedDraft, OrganizerState, SurveyPlan};
use payfile::{NumberFormat, parse_amount};
use protocol::{DimensionWire, LimitsWire, MeasureWire, SchemaWire, ThresholdsWire};

/// Asks for a draft, checks everything, writes the state file.
pub(crate) async fn run(args: CreateArgs) -> Result<(), Failure> {
    let path = args.common.state.clone();
    if path.exists() {
        return Err(Failure::input(format!(
            "{} is there already and was left as it is. Choose another file. Nothing was sent.",
            path.display()
        )));
    }
    let plan = plan(&args)?;
    let refused = |refused| {
        Failure::input(format!("The survey cannot be: {refused}. Correct it; nothing was sent or written."))
    };
    let bits = args.key_bits.size();
    plan.check(bits.usable_bits(), clock::now_s()).map_err(refused)?;
    let token = sign_in(args.common.sign_in_file.as_deref())?;
    let http = http()?;
    let data = DataServer::at(&http, url(&args.server)?).signed_in(token);
    let draft = data.draft(bits.bits()).await.map_err(client)?;
    let computation = ComputationServer::at(&http, url(&draft.computation_server_url)?);
    let one = data.identity().await.map_err(client)?;
    let two = computation.identity().await.map_err(client)?;
    let draft = CheckedDraft::check(draft, &one, &two).map_err(Failure::distrust)?;
    let state = OrganizerState::new(plan, &draft, &mut randomness::system());
    state.check_plan(clock::now_s()).map_err(|refused| {
        Failure::input(format!("The survey cannot be: {refused}. Correct it; nothing was opened or written."))
    })?;
    files::write_state(&path, &state)?;
    print(&args, &state);
    Ok(())
}

fn print(args: &CreateArgs, state: &OrganizerState) {
    let path = args.common.state.display();
    if wants_json(args.common.output) {
        let survey = state.survey().to_string();
        show::print_json(&serde_json::json!({ "survey": survey, "state": path.to_string() }));
        return;
    }
    out::line(&format!(
        "The survey is written down in {path}, which also has the key that gives its orders:"
    ));
    out::line("keep it, and a copy of it, where only you can read it.");
    out::line("");
    out::line(&format!("  data server         {}", state.draft.data_server.operator));
    out::line(&format!("                      {}", state.draft.data_server_url));
    out::line(&format!("  computation server  {}", state.draft.computation_server.operator));
    out::line(&format!("                      {}", state.draft.computation_server_url));
    out::line(&format!("  closes by itself    {}", clock::show(state.plan.closes_at)));
    out::line("");
    out::line(&format!("Nothing is open yet. Next: sealedpay survey open {path} --labels FILE"));
}

fn plan(args: &CreateArgs) -> Result<SurveyPlan, Failure> {
    Ok(SurveyPlan {
        title: args.title.clone(),
        purpose: args.purpose.clone(),
        contact: args.contact.clone(),
        period: args.period.clone(),
        schema: schema(args)?,
        granularity: args.granularity.wire(),
        max_reporters: args.max_reporters,
        max_employees_per_reporter: args.max_employees,
        thresholds: ThresholdsWire {
            min_reporters: args.min_reporters,
            min_cell_reporters: args.min_cell_reporters,
            min_cell_employees: args.min_cell_employees,
        },
        max_missing: args.max_missing,
        closes_not_before: args.closes_not_before.unwrap_or_else(|| clock::now_s().saturating_sub(1)),
        closes_at: args.closes_at,
        rehearsal: args.rehearsal,
    })
}

/// What is asked: out of a file, or one compared column and one measured one.
fn schema(args: &CreateArgs) -> Result<SchemaWire, Failure> {
    if let Some(path) = &args.schema {
        return preset::read(path);
    }
    let amount = |name: &str, text: &str| {
        parse_amount(text, NumberFormat::DecimalDot, args.decimals)
            .map(|amount| amount.minor())
            .map_err(|problem| Failure::input(format!("{name} {text}: {problem}. Nothing was sent.")))
    };
    let hard = LimitsWire {
        min: amount("--min", &args.min)?,
        max: amount("--max", args.max.as_deref().unwrap_or_default())?,
    };
    let soft = |name, text: Option<&String>, otherwise| text.map_or(Ok(otherwise), |text| amount(name, text));
    let soft = LimitsWire {
        min: soft("--soft-min", args.soft_min.as_ref(), hard.min)?,
        max: soft("--soft-max", args.soft_max.as_ref(), hard.max)?,
    };
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    Ok(SchemaWire::simple(
        DimensionWire {
            name: text(&args.compare),
            categories: args.categories.iter().map(|category| category.trim().to_owned()).collect(),
        },
        text(&args.reference),
        MeasureWire::mean_of(text(&args.measure), text(&args.unit), args.decimals, hard, soft),
    ))
}
