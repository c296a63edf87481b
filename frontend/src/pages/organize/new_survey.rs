//! Writing a survey. Every mistake shows at its field before a key is asked for.

use super::gate::{SignIn, SignedIn};
use crate::components::{Field, Kind, Trouble, TroubleBox, Waiting};
use crate::route::Route;
use crate::services::clock;
use crate::services::organizing::{Desk, create};
use crate::state::plan_form::{Field as Name, Mistake, PlanForm, Written};
use crate::texts::{Texts, use_texts};
use paillier::KeyBits;
use yew::platform::spawn_local;
use yew::prelude::*;
use yew_router::prelude::*;

/// Form, mistakes, and what is going on.
#[derive(Clone, PartialEq, Default)]
struct Writing {
    form: PlanForm,
    mistakes: Vec<(Name, Mistake)>,
    trouble: Option<Trouble>,
    busy: bool,
}

/// The form.
#[component]
pub(crate) fn NewSurvey() -> Html {
    let texts = use_texts();
    let signed_in = use_context::<SignedIn>();
    let navigator = use_navigator();
    let writing = use_state(|| {
        let form = PlanForm { closes: clock::local_in_days(30), ..PlanForm::default() };
        Writing { form, ..Writing::default() }
    });
    let Some(desk) = signed_in.and_then(|handle| (*handle).clone()) else { return html! { <SignIn /> } };
    let go = {
        let writing = writing.clone();
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            submit(&writing, &desk, navigator.clone());
        })
    };
    let rehearsal = {
        let writing = writing.clone();
        Callback::from(move |_| {
            let form = PlanForm { rehearsal: !writing.form.rehearsal, ..writing.form.clone() };
            writing.set(Writing { form, ..(*writing).clone() });
        })
    };
    html! {
        <>
            <h1>{ texts.say("new-title") }</h1>
            <form onsubmit={go} novalidate=true>
                <fieldset class="card">
                    <legend class="visually-hidden">{ texts.say("new-about") }</legend>
                    <h2>{ texts.say("new-about") }</h2>
                    { fields(&texts, &writing, &ABOUT) }
                </fieldset>
                <fieldset class="card">
                    <legend class="visually-hidden">{ texts.say("new-question") }</legend>
                    <h2>{ texts.say("new-question") }</h2>
                    { fields(&texts, &writing, &QUESTION) }
                    <div class="field-row">{ fields(&texts, &writing, &AMOUNTS) }</div>
                </fieldset>
                <fieldset class="card">
                    <legend class="visually-hidden">{ texts.say("new-rules") }</legend>
                    <h2>{ texts.say("new-rules") }</h2>
                    <p>{ texts.say("new-rules-text") }</p>
                    <div class="field-row">{ fields(&texts, &writing, &RULES) }</div>
                    { fields(&texts, &writing, &[Name::Closes]) }
                    <details>
                        <summary data-test="advanced">{ texts.say("new-advanced") }</summary>
                        <div class="field-row">{ fields(&texts, &writing, &ADVANCED) }</div>
                        <label class="check">
                            <input type="checkbox" data-test="rehearsal" checked={writing.form.rehearsal}
                                onchange={rehearsal} />
                            { texts.say("new-rehearsal") }
                        </label>
                    </details>
                </fieldset>
                { state_of(&texts, &writing) }
                <button class="button" data-test="create-survey" disabled={writing.busy}>
                    { texts.say("new-go") }
                </button>
            </form>
        </>
    }
}

const ABOUT: [Name; 4] = [Name::Title, Name::Purpose, Name::Period, Name::Contact];
const QUESTION: [Name; 4] = [Name::Dimension, Name::Categories, Name::Reference, Name::Measure];
const AMOUNTS: [Name; 6] =
    [Name::Unit, Name::Decimals, Name::Minimum, Name::Maximum, Name::SoftMinimum, Name::SoftMaximum];
const RULES: [Name; 3] = [Name::MinReporters, Name::MinCellReporters, Name::MinEmployees];
const ADVANCED: [Name; 3] = [Name::MaxReporters, Name::MaxEmployees, Name::KeyBits];

/// What keeps the survey from being made.
fn state_of(texts: &Texts, writing: &UseStateHandle<Writing>) -> Html {
    let again = {
        let writing = writing.clone();
        Callback::from(move |()| writing.set(Writing { trouble: None, ..(*writing).clone() }))
    };
    html! {
        <>
            if !writing.mistakes.is_empty() {
                <div class="notice notice-bad" role="alert" data-test="error" data-code="form">
                    <p>{ texts.with("new-mistakes", [("count", writing.mistakes.len().into())]) }</p>
                </div>
            }
            if let Some(trouble) = &writing.trouble {
                <TroubleBox trouble={trouble.clone()} retry={trouble.may_retry.then_some(again)} />
            }
            if writing.busy { <Waiting text={texts.say("new-waiting")} /> }
        </>
    }
}

fn submit(writing: &UseStateHandle<Writing>, desk: &Desk, navigator: Option<Navigator>) {
    let form = writing.form.clone();
    let now = clock::now_s();
    let kept = Writing { form: form.clone(), ..Writing::default() };
    let written = match form.write(clock::parse_local(&form.closes), now) {
        Ok(written) => written,
        Err(mistakes) => return writing.set(Writing { mistakes, ..kept }),
    };
    if let Err(trouble) = check(&written, now) {
        return writing.set(Writing { trouble: Some(trouble), ..kept });
    }
    writing.set(Writing { busy: true, ..kept.clone() });
    let (writing, desk) = (writing.clone(), desk.clone());
    spawn_local(async move {
        match create(&desk, written.plan, written.key_bits).await {
            Ok(survey) => {
                if let Some(navigator) = navigator {
                    navigator.push(&Route::Survey { survey });
                }
            }
            Err(trouble) => writing.set(Writing { trouble: Some(trouble), ..kept }),
        }
    });
}

/// Every rule, before a key is used up.
fn check(written: &Written, now_s: u64) -> Result<(), Trouble> {
    let bits = KeyBits::try_from(written.key_bits).map_err(|_| Trouble::new("key-length"))?;
    let checked = written.plan.check(bits.usable_bits(), now_s);
    checked.map_err(|refusal| Trouble::in_words("plan", &refusal))
}

fn fields(texts: &Texts, writing: &UseStateHandle<Writing>, names: &[Name]) -> Html {
    names.iter().map(|name| field(texts, writing, *name)).collect()
}

fn field(texts: &Texts, writing: &UseStateHandle<Writing>, field: Name) -> Html {
    let (name, label, kind) = described(texts, field);
    let wrong =
        writing.mistakes.iter().find(|(at, _)| *at == field).map(|(_, mistake)| in_words(texts, *mistake));
    let value = writing.form.clone().text(field).clone();
    let on_input = {
        let writing = writing.clone();
        Callback::from(move |text| {
            let mut next = (*writing).clone();
            *next.form.text(field) = text;
            // Said once; it is looked at again when the button is pressed.
            next.mistakes.retain(|(at, _)| *at != field);
            writing.set(next);
        })
    };
    html! { <Field {name} {label} {kind} {value} {on_input} hint={hint(texts, field)} wrong={wrong.map(AttrValue::from)} /> }
}

fn described(texts: &Texts, field: Name) -> (&'static str, String, Kind) {
    match field {
        Name::Title => ("survey-title", texts.say("field-title"), Kind::Line),
        Name::Purpose => ("purpose", texts.say("field-purpose"), Kind::Line),
        Name::Contact => ("contact", texts.say("field-contact"), Kind::Line),
        Name::Period => ("period", texts.say("field-period"), Kind::Line),
        Name::Dimension => ("dimension-name", texts.say("field-dimension"), Kind::Line),
        Name::Categories => ("categories", texts.say("field-categories"), Kind::Lines),
        Name::Reference => ("reference", texts.say("field-reference"), Kind::Line),
        Name::Measure => ("measure-name", texts.say("field-measure"), Kind::Line),
        Name::Unit => ("unit", texts.say("field-unit"), Kind::Line),
        Name::Decimals => ("decimals", texts.say("field-decimals"), Kind::Number),
        Name::Minimum => ("minimum", texts.say("field-minimum"), Kind::Number),
        Name::Maximum => ("maximum", texts.say("field-maximum"), Kind::Number),
        Name::SoftMinimum => ("soft-minimum", texts.say("field-soft-minimum"), Kind::Number),
        Name::SoftMaximum => ("soft-maximum", texts.say("field-soft-maximum"), Kind::Number),
        Name::MaxEmployees => ("max-employees", texts.say("field-max-employees"), Kind::Number),
        Name::MaxReporters => ("max-reporters", texts.say("field-max-reporters"), Kind::Number),
        Name::MinReporters => ("min-reporters", texts.say("field-min-reporters"), Kind::Number),
        Name::MinCellReporters => ("min-cell-reporters", texts.say("field-min-cell-reporters"), Kind::Number),
        Name::MinEmployees => ("min-employees", texts.say("field-min-employees"), Kind::Number),
        Name::Closes => ("closes", texts.say("field-closes"), Kind::Moment),
        Name::KeyBits => ("key-bits", texts.say("field-key-bits"), Kind::Number),
    }
}

fn hint(texts: &Texts, field: Name) -> Option<AttrValue> {
    let hint = match field {
        Name::Categories => texts.say("hint-categories"),
        Name::Dimension => texts.say("hint-dimension"),
        Name::Reference => texts.say("hint-reference"),
        Name::Measure => texts.say("hint-measure"),
        Name::Period => texts.say("hint-period"),
        Name::Contact => texts.say("hint-contact"),
        Name::SoftMinimum | Name::SoftMaximum => texts.say("hint-soft"),
        Name::Closes => texts.say("hint-closes"),
        _ => return None,
    };
    Some(hint.into())
}

fn in_words(texts: &Texts, mistake: Mistake) -> String {
    match mistake {
        Mistake::Empty => texts.say("mistake-empty"),
        Mistake::Number => texts.say("mistake-number"),
        Mistake::Categories => texts.say("mistake-categories"),
        Mistake::Reference => texts.say("mistake-reference"),
        Mistake::Range => texts.say("mistake-range"),
        Mistake::Closes => texts.say("mistake-closes"),
    }
}
