//! Writing a survey. Every mistake shows at its field before a key is asked for.

use super::gate::{Failed, SignedIn};
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
    let anew = {
        let (writing, desk) = (writing.clone(), desk.clone());
        Callback::from(move |_| begin_anew(&writing, &desk))
    };
    html! {
        <>
            <h1>{ texts.say("new-title") }</h1>
            <p>{ texts.say("new-kept") }</p>
            <form onsubmit={pressed} novalidate=true>
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
const QUESTION: [Name; 4] = [Name::Dimension, Name::Categories, Name::Reference, Name::Measure];
const AMOUNTS: [Name; 6] =
    [Name::Unit, Name::Decimals, Name::Minimum, Name::Maximum, Name::SoftMinimum, Name::SoftMaximum];
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
    let focus = Callback::from(move |event: MouseEvent| {
        event.prevent_default();
        let document = web_sys::window().and_then(|window| window.document());
        let field = document.and_then(|document| document.get_element_by_id(name));
        if let Some(field) = field {
            // Fails for what cannot be focused; a field can.
            let _ = field.unchecked_into::<web_sys::HtmlElement>().focus();
        }
    });
    html! { <li><a href={format!("#{name}")} onclick={focus}>{ label }</a></li> }
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
