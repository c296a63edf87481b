//! Writing a survey. Every mistake shows at its field before a key is asked for.

use super::gate::{Failed, SignedIn};
use super::preset::Presets;
use super::question::question;
use crate::components::{Field, Kind, Trouble, Waiting, use_title};
use crate::route::Route;
use crate::services::clock;
use crate::services::organizing::{Desk, create};
use crate::state::plan_form::{Field as Name, Mistake, PlanForm, Written};
use crate::texts::{Texts, use_texts};
use gloo_timers::callback::Timeout;
use paillier::KeyBits;
use wasm_bindgen::JsCast;
use yew::platform::spawn_local;
use yew::prelude::*;
use yew_router::prelude::*;

/// Form, mistakes, and what is going on.
#[derive(Clone, PartialEq, Default)]
pub(super) struct Writing {
    /// What was typed.
    pub(super) form: PlanForm,
    /// Everything that must be mended, by field.
    pub(super) mistakes: Vec<(Name, Mistake)>,
    trouble: Option<Trouble>,
    busy: bool,
}

/// The form.
#[component]
pub(crate) fn NewSurvey() -> Html {
    let texts = use_texts();
    use_title(texts.say("new-title"));
    let signed_in = use_context::<SignedIn>();
    let navigator = use_navigator();
    let writing = use_state(|| Writing { form: empty_form(), ..Writing::default() });
    let desk = signed_in.and_then(|handle| (*handle).clone());
    use_kept(&writing, desk.as_ref());
    let Some(desk) = desk else { return html! {} };
    let go = {
        let (writing, desk) = (writing.clone(), desk.clone());
        Callback::from(move |()| submit(&writing, &desk, navigator.clone()))
    };
    let pressed = {
        let go = go.clone();
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            go.emit(());
        })
    };
    let rehearsal = {
        let writing = writing.clone();
        Callback::from(move |_| {
            let form = PlanForm { rehearsal: !writing.form.rehearsal, ..writing.form.clone() };
            writing.set(Writing { form, ..(*writing).clone() });
        })
    };
    let on_filled = {
        let writing = writing.clone();
        Callback::from(move |form| writing.set(Writing { form, ..Writing::default() }))
    };
    let anew = {
        let (writing, desk) = (writing.clone(), desk.clone());
        Callback::from(move |_| begin_anew(&writing, &desk))
    };
    html! {
        <>
            <h1>{ texts.say("new-title") }</h1>
            <p>{ texts.say("new-kept") }</p>
            <Presets form={writing.form.clone()} {on_filled} />
            <form onsubmit={pressed} novalidate=true>
                <fieldset class="card">
                    <legend class="visually-hidden">{ texts.say("new-about") }</legend>
                    <h2>{ texts.say("new-about") }</h2>
                    { fields(&texts, &writing, &ABOUT) }
                </fieldset>
                { question(&texts, &writing) }
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
                { state_of(&texts, &writing, &desk, &go) }
                <div class="actions">
                    <button class="button" data-test="create-survey" disabled={writing.busy}>
                        { texts.say("new-go") }
                    </button>
                    <button type="button" class="button button-quiet" data-test="forget-form" onclick={anew}
                        disabled={writing.busy}>
                        { texts.say("new-forget") }
                    </button>
                </div>
            </form>
        </>
    }
}

const ABOUT: [Name; 4] = [Name::Title, Name::Purpose, Name::Period, Name::Contact];
const RULES: [Name; 3] = [Name::MinReporters, Name::MinCellReporters, Name::MinEmployees];
const ADVANCED: [Name; 3] = [Name::MaxReporters, Name::MaxEmployees, Name::KeyBits];

/// What keeps the survey from being made.
fn state_of(texts: &Texts, writing: &UseStateHandle<Writing>, desk: &Desk, again: &Callback<()>) -> Html {
    let calm = {
        let writing = writing.clone();
        Callback::from(move |()| writing.set(Writing { trouble: None, ..(*writing).clone() }))
    };
    html! {
        <>
            if !writing.mistakes.is_empty() {
                <div class="notice notice-bad" role="alert" data-test="error" data-code="form">
                    <p>{ texts.with("new-mistakes", [("count", writing.mistakes.len().into())]) }</p>
                    <ul>{ for writing.mistakes.iter().map(|(field, _)| to_field(texts, *field)) }</ul>
                </div>
            }
            if let Some(trouble) = &writing.trouble {
                <Failed trouble={trouble.clone()} desk={desk.clone()} again={again.clone()}
                    signed_in={calm} />
            }
            if writing.busy { <Waiting text={texts.say("new-waiting")} /> }
        </>
    }
}

/// A way from the list of mistakes to the field.
fn to_field(texts: &Texts, field: Name) -> Html {
    let (name, label, _) = described(texts, field);
    let href = format!("#{name}");
    let focus = Callback::from(move |event: MouseEvent| {
        event.prevent_default();
        let document = web_sys::window().and_then(|window| window.document());
        let field = document.and_then(|document| document.get_element_by_id(&name));
        if let Some(field) = field {
            // Fails for what cannot be focused; a field can.
            let _ = field.unchecked_into::<web_sys::HtmlElement>().focus();
        }
    });
    html! { <li><a {href} onclick={focus}>{ label }</a></li> }
}

/// Brings back what was typed before, and keeps what is typed now.
#[hook]
fn use_kept(writing: &UseStateHandle<Writing>, desk: Option<&Desk>) {
    const AFTER_MS: u32 = 400;
    let looked = use_state(|| false);
    {
        let (writing, looked) = (writing.clone(), looked.clone());
        use_effect_with(desk.cloned(), move |desk| {
            let Some(desk) = desk.clone() else { return };
            spawn_local(async move {
                if let Ok(Some(form)) = desk.kept_form().await {
                    writing.set(Writing { form, ..Writing::default() });
                }
                looked.set(true);
            });
        });
    }
    let (desk, looked) = (desk.cloned().filter(|_| *looked), *looked);
    use_effect_with((writing.form.clone(), looked), move |(form, _)| {
        let form = form.clone();
        let kept = desk.map(|desk| {
            Timeout::new(AFTER_MS, move || {
                // Where nothing can be kept, nothing could be created either, and that is said then.
                spawn_local(async move { desk.keep_form(&form).await.unwrap_or_default() });
            })
        });
        move || drop(kept)
    });
}

fn begin_anew(writing: &UseStateHandle<Writing>, desk: &Desk) {
    writing.set(Writing { form: empty_form(), ..Writing::default() });
    let desk = desk.clone();
    // As above.
    spawn_local(async move { desk.forget_form().await.unwrap_or_default() });
}

fn empty_form() -> PlanForm {
    const USUAL_DAYS: u32 = 30;
    PlanForm { closes: clock::local_in_days(USUAL_DAYS), ..PlanForm::default() }
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
                // It stands in the survey now.
                desk.forget_form().await.unwrap_or_default();
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

/// Fields, one after the other.
pub(super) fn fields(texts: &Texts, writing: &UseStateHandle<Writing>, names: &[Name]) -> Html {
    names.iter().map(|name| field(texts, writing, *name)).collect()
}

fn field(texts: &Texts, writing: &UseStateHandle<Writing>, field: Name) -> Html {
    let (name, label, kind) = described(texts, field);
    let wrong =
        writing.mistakes.iter().find(|(at, _)| *at == field).map(|(_, mistake)| in_words(texts, *mistake));
    let Some(value) = writing.form.clone().text(field).cloned() else { return html! {} };
    let on_input = {
        let writing = writing.clone();
        Callback::from(move |text| {
            let mut next = (*writing).clone();
            if let Some(own) = next.form.text(field) {
                *own = text;
            }
            // Said once; it is looked at again when the button is pressed.
            next.mistakes.retain(|(at, _)| *at != field);
            writing.set(next);
        })
    };
    html! { <Field {name} {label} {kind} {value} {on_input} hint={hint(texts, field)} wrong={wrong.map(AttrValue::from)} /> }
}

fn described(texts: &Texts, field: Name) -> (String, String, Kind) {
    let of = |at: usize, name: &str, label: String| match at {
        0 => (name.to_owned(), label),
        _ => {
            let gaps = [("label", label.into()), ("number", (at + 1).into())];
            (format!("{name}-{}", at + 1), texts.with("question-dimension-of", gaps))
        }
    };
    let plain = |name: &str, label| of(0, name, label);
    let (name, label) = match field {
        Name::Title => plain("survey-title", texts.say("field-title")),
        Name::Purpose => plain("purpose", texts.say("field-purpose")),
        Name::Contact => plain("contact", texts.say("field-contact")),
        Name::Period => plain("period", texts.say("field-period")),
        Name::Dimension(at) => of(at, "dimension-name", texts.say("field-dimension")),
        Name::Categories(at) => of(at, "categories", texts.say("field-categories")),
        Name::Reference => plain("reference", texts.say("field-reference")),
        Name::Measure(at) => of(at, "measure-name", texts.say("field-measure")),
        Name::Unit(at) => of(at, "unit", texts.say("field-unit")),
        Name::Decimals(at) => of(at, "decimals", texts.say("field-decimals")),
        Name::Minimum(at) => of(at, "minimum", texts.say("field-minimum")),
        Name::Maximum(at) => of(at, "maximum", texts.say("field-maximum")),
        Name::SoftMinimum(at) => of(at, "soft-minimum", texts.say("field-soft-minimum")),
        Name::SoftMaximum(at) => of(at, "soft-maximum", texts.say("field-soft-maximum")),
        Name::Bands(at) => of(at, "bands", texts.say("field-bands")),
        Name::Snapshot => plain("snapshot", texts.say("field-snapshot")),
        Name::MaxEmployees => plain("max-employees", texts.say("field-max-employees")),
        Name::MaxReporters => plain("max-reporters", texts.say("field-max-reporters")),
        Name::MinReporters => plain("min-reporters", texts.say("field-min-reporters")),
        Name::MinCellReporters => plain("min-cell-reporters", texts.say("field-min-cell-reporters")),
        Name::MinEmployees => plain("min-employees", texts.say("field-min-employees")),
        Name::Closes => plain("closes", texts.say("field-closes")),
        Name::KeyBits => plain("key-bits", texts.say("field-key-bits")),
    };
    (name, label, kind(field))
}

const fn kind(field: Name) -> Kind {
    match field {
        Name::Title | Name::Purpose | Name::Contact | Name::Period | Name::Snapshot => Kind::Line,
        Name::Dimension(_) | Name::Reference | Name::Measure(_) | Name::Unit(_) | Name::Bands(_) => {
            Kind::Line
        }
        Name::Categories(_) => Kind::Lines,
        Name::Closes => Kind::Moment,
        _ => Kind::Number,
    }
}

fn hint(texts: &Texts, field: Name) -> Option<AttrValue> {
    let hint = match field {
        Name::Categories(_) => texts.say("hint-categories"),
        Name::Dimension(_) => texts.say("hint-dimension"),
        Name::Reference => texts.say("hint-reference"),
        Name::Measure(_) => texts.say("hint-measure"),
        Name::Period => texts.say("hint-period"),
        Name::Contact => texts.say("hint-contact"),
        Name::SoftMinimum(_) | Name::SoftMaximum(_) => texts.say("hint-soft"),
        Name::Bands(_) => texts.say("hint-bands"),
        Name::Snapshot => texts.say("hint-snapshot"),
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
        Mistake::Bands => texts.say("mistake-bands"),
        Mistake::Day => texts.say("mistake-day"),
    }
}
