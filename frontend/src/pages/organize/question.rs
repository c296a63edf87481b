//! What is asked: groups, amounts, combinations, who counts.

use super::new_survey::{Writing, fields};
use crate::pages::asked::asked;
use crate::state::plan_form::{Field as Name, PlanForm};
use crate::state::schema_form::{DimensionForm, MeasureForm, SchemaForm};
use crate::texts::Texts;
use protocol::{GranularityWire, LeaversWire, MissingWire, PartTimersWire, StatisticWire};
use survey::Schema;
use wasm_bindgen::JsCast;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

/// All of it.
pub(super) fn question(texts: &Texts, writing: &UseStateHandle<Writing>) -> Html {
    html! {
        <>
            { dimensions(texts, writing) }
            { tables(texts, writing) }
            <fieldset class="card">
                <legend class="visually-hidden">{ texts.say("question-measures") }</legend>
                <h2>{ texts.say("question-measures") }</h2>
                { for (0..writing.form.schema.measures.len()).map(|at| measure(texts, writing, at)) }
                if writing.form.schema.measures.len() < Schema::MAX_MEASURES {
                    { button("add-measure", texts.say("question-add-measure"), writing, |form| {
                        form.measures.push(MeasureForm::default());
                    }) }
                }
            </fieldset>
            { who(texts, writing) }
            { in_words(texts, writing) }
        </>
    }
}

/// A button that changes what is asked. Positions shift, so marks at fields go.
fn button(
    name: &'static str,
    label: String,
    writing: &UseStateHandle<Writing>,
    change: impl Fn(&mut SchemaForm) + 'static,
) -> Html {
    let writing = writing.clone();
    let onclick = Callback::from(move |_| {
        let mut next = (*writing).clone();
        next.mistakes.clear();
        change(&mut next.form.schema);
        writing.set(next);
    });
    html! {
        <p><button type="button" class="button button-quiet" data-test={name} {onclick}>{ label }</button></p>
    }
}

fn dimensions(texts: &Texts, writing: &UseStateHandle<Writing>) -> Html {
    let schema = &writing.form.schema;
    let several = schema.dimensions.len() > 1;
    let dimension = |(at, one): (usize, &DimensionForm)| {
        let name = [("name", one.name.clone().into())];
        html! {
            <>
                { fields(texts, writing, &[Name::Dimension(at), Name::Categories(at)]) }
                if several {
                    { button("remove-dimension", texts.with("question-remove", name), writing, move |form| {
                        form.remove_dimension(at);
                    }) }
                }
            </>
        }
    };
    html! {
        <fieldset class="card">
            <legend class="visually-hidden">{ texts.say("question-dimensions") }</legend>
            <h2>{ texts.say("question-dimensions") }</h2>
            <p>{ texts.say("question-dimensions-text") }</p>
            { for schema.dimensions.iter().enumerate().map(dimension) }
            if schema.dimensions.len() < Schema::MAX_DIMENSIONS {
                { button("add-dimension", texts.say("question-add-dimension"), writing, |form| {
                    form.add_dimension();
                }) }
            }
            if several { { compared(texts, writing) } }
            { fields(texts, writing, &[Name::Reference]) }
        </fieldset>
    }
}

fn compared(texts: &Texts, writing: &UseStateHandle<Writing>) -> Html {
    let schema = &writing.form.schema;
    let names = schema.dimensions.iter().enumerate().map(|(at, one)| (at.to_string(), one.name.clone()));
    let set = |form: &mut PlanForm, value: &str| form.schema.compared = value.parse().unwrap_or_default();
    let label = texts.say("question-compared");
    choice("compared", label, names.collect(), &schema.compared.to_string(), writing, set)
}

/// A list of which one is chosen: (value, what people read).
fn choice(
    id: &'static str,
    label: String,
    options: Vec<(String, String)>,
    now: &str,
    writing: &UseStateHandle<Writing>,
    set: fn(&mut PlanForm, &str),
) -> Html {
    let writing = writing.clone();
    let onchange = Callback::from(move |event: Event| {
        let select = event.target().and_then(|target| target.dyn_into::<HtmlSelectElement>().ok());
        if let Some(select) = select {
            let mut next = (*writing).clone();
            set(&mut next.form, &select.value());
            writing.set(next);
        }
    });
    let option = |(value, name): (String, String)| {
        let selected = value == now;
        html! { <option {value} {selected}>{ name }</option> }
    };
    html! {
        <div class="field">
            <label for={id}>{ label }</label>
            <select {id} data-test={id} {onchange}>{ for options.into_iter().map(option) }</select>
        </div>
    }
}

/// Which of the two lists of combinations.
#[derive(Clone, Copy, PartialEq, Eq)]
enum List {
    Tables,
    Margins,
}

impl List {
    const fn of(self, form: &mut SchemaForm) -> &mut Vec<Vec<usize>> {
        match self {
            Self::Tables => &mut form.tables,
            Self::Margins => &mut form.margins,
        }
    }
}

/// Only where there is more than one dimension: otherwise its groups are the figures.
fn tables(texts: &Texts, writing: &UseStateHandle<Writing>) -> Html {
    let schema = &writing.form.schema;
    if schema.dimensions.len() < 2 {
        return html! {};
    }
    let line = |list| move |(at, by): (usize, &Vec<usize>)| combination(texts, writing, list, at, by);
    html! {
        <fieldset class="card">
            <legend class="visually-hidden">{ texts.say("question-tables") }</legend>
            <h2>{ texts.say("question-tables") }</h2>
            <p>{ texts.say("question-tables-text") }</p>
            { for schema.tables.iter().enumerate().map(line(List::Tables)) }
            { button("add-table", texts.say("question-add-table"), writing, |form| {
                form.tables.push(vec![form.compared]);
            }) }
            <p>{ texts.say("question-margins-text") }</p>
            { for schema.margins.iter().enumerate().map(line(List::Margins)) }
            { button("add-margin", texts.say("question-add-margin"), writing, |form| {
                form.margins.push(Vec::new());
            }) }
        </fieldset>
    }
}

fn combination(
    texts: &Texts,
    writing: &UseStateHandle<Writing>,
    list: List,
    at: usize,
    by: &[usize],
) -> Html {
    let number = [("number", (at + 1).into())];
    let (name, remove, button_name) = match list {
        List::Tables => {
            ("question-table", texts.with("question-remove-table", number.clone()), "remove-table")
        }
        List::Margins => {
            ("question-margin", texts.with("question-remove-margin", number.clone()), "remove-margin")
        }
    };
    let tick = |(dimension, one): (usize, &DimensionForm)| {
        let writing = writing.clone();
        let onchange = Callback::from(move |_| {
            let mut next = (*writing).clone();
            if let Some(by) = list.of(&mut next.form.schema).get_mut(at) {
                toggle(by, dimension);
            }
            writing.set(next);
        });
        let test = if list == List::Tables { "in-table" } else { "in-margin" };
        html! {
            <label class="check">
                <input type="checkbox" data-test={test} checked={by.contains(&dimension)} {onchange} />
                { &one.name }
            </label>
        }
    };
    html! {
        <fieldset>
            <legend>{ texts.with(name, number) }</legend>
            { for writing.form.schema.dimensions.iter().enumerate().map(tick) }
            { button(button_name, remove, writing, move |form| {
                let list = list.of(form);
                if at < list.len() {
                    list.remove(at);
                }
            }) }
        </fieldset>
    }
}

/// In the order of the dimensions.
fn toggle(by: &mut Vec<usize>, dimension: usize) {
    if by.contains(&dimension) {
        by.retain(|one| *one != dimension);
    } else {
        by.push(dimension);
        by.sort_unstable();
    }
}

fn measure(texts: &Texts, writing: &UseStateHandle<Writing>, at: usize) -> Html {
    let schema = &writing.form.schema;
    let Some(one) = schema.measures.get(at) else { return html! {} };
    let statistics = [
        (StatisticWire::Mean, "statistic-mean", texts.say("question-mean")),
        (StatisticWire::Dispersion, "statistic-dispersion", texts.say("question-dispersion")),
        (StatisticWire::Receiving, "statistic-receiving", texts.say("question-receiving")),
    ];
    let tick = |(statistic, test, label): (StatisticWire, &'static str, String)| {
        let writing = writing.clone();
        let onchange = Callback::from(move |_| {
            let mut next = (*writing).clone();
            if let Some(measure) = next.form.schema.measures.get_mut(at) {
                measure.toggle(statistic);
            }
            writing.set(next);
        });
        html! {
            <label class="check">
                <input type="checkbox" data-test={test} checked={one.asks(statistic)} {onchange} />
                { label }
            </label>
        }
    };
    let name = || [("name", one.name.clone().into())];
    let amounts = [
        Name::Unit(at),
        Name::Decimals(at),
        Name::Minimum(at),
        Name::Maximum(at),
        Name::SoftMinimum(at),
        Name::SoftMaximum(at),
    ];
    html! {
        <>
            { fields(texts, writing, &[Name::Measure(at)]) }
            if one.computed.is_some() { <p class="hint">{ texts.say("question-computed") }</p> }
            <div class="field-row">{ fields(texts, writing, &amounts) }</div>
            <fieldset>
                <legend>{ texts.with("question-statistics", name()) }</legend>
                { for statistics.into_iter().map(tick) }
            </fieldset>
            { fields(texts, writing, &[Name::Bands(at)]) }
            if schema.measures.len() > 1 {
                { button("remove-measure", texts.with("question-remove", name()), writing, move |form| {
                    form.remove_measure(at);
                }) }
            }
        </>
    }
}

fn who(texts: &Texts, writing: &UseStateHandle<Writing>) -> Html {
    let form = &writing.form;
    let option = |value: &str, name: &str| (value.to_owned(), texts.say(name));
    let part_timers = vec![
        option("as-paid", "asked-part-timers-as-paid"),
        option("full", "asked-part-timers-full"),
        option("out", "asked-part-timers-out"),
    ];
    let part_timers_now = match form.schema.part_timers {
        PartTimersWire::AsPaid => "as-paid",
        PartTimersWire::FullTimeEquivalent => "full",
        PartTimersWire::LeftOut => "out",
    };
    let leavers = vec![option("out", "asked-leavers-out"), option("counted", "asked-leavers-counted")];
    let leavers_now = if form.schema.leavers == LeaversWire::Counted { "counted" } else { "out" };
    let missing = vec![option("leave", "asked-missing-leave-out"), option("stop", "asked-missing-stop")];
    let missing_now = if form.schema.missing == MissingWire::Stop { "stop" } else { "leave" };
    let sealed = vec![option("totals", "question-totals"), option("records", "question-records")];
    let sealed_now = if form.granularity == GranularityWire::Totals { "totals" } else { "records" };
    html! {
        <fieldset class="card">
            <legend class="visually-hidden">{ texts.say("question-who") }</legend>
            <h2>{ texts.say("question-who") }</h2>
            { fields(texts, writing, &[Name::Snapshot]) }
            { choice("part-timers", texts.say("question-part-timers"), part_timers, part_timers_now, writing,
                |form, value| form.schema.part_timers = match value {
                    "full" => PartTimersWire::FullTimeEquivalent,
                    "out" => PartTimersWire::LeftOut,
                    _ => PartTimersWire::AsPaid,
                }) }
            { choice("leavers", texts.say("question-leavers"), leavers, leavers_now, writing,
                |form, value| form.schema.leavers = match value {
                    "counted" => LeaversWire::Counted,
                    _ => LeaversWire::LeftOut,
                }) }
            { choice("missing", texts.say("question-missing"), missing, missing_now, writing,
                |form, value| form.schema.missing = match value {
                    "leave" => MissingWire::LeaveOut,
                    _ => MissingWire::Stop,
                }) }
            { choice("granularity", texts.say("question-granularity"), sealed, sealed_now, writing,
                |form, value| form.granularity = match value {
                    "records" => GranularityWire::Records,
                    _ => GranularityWire::Totals,
                }) }
        </fieldset>
    }
}

/// What reporters will read, as soon as it can be said.
fn in_words(texts: &Texts, writing: &UseStateHandle<Writing>) -> Html {
    let mut mistakes = Vec::new();
    let schema = writing.form.schema.write(&mut mistakes);
    let line = |(name, value): (String, String)| html! { <div><dt>{ name }</dt><dd>{ value }</dd></div> };
    html! {
        <details class="card">
            <summary data-test="in-words-open">{ texts.say("question-in-words") }</summary>
            if mistakes.is_empty() {
                <dl class="facts" data-test="in-words">{ for asked(texts, &schema).into_iter().map(line) }</dl>
            } else {
                <p>{ texts.say("question-not-yet") }</p>
            }
        </details>
    }
}
