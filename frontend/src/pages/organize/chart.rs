//! Averages as bars. The table beside it has the same numbers; nothing is only in the picture.

use crate::texts::Texts;
use yew::prelude::*;

/// One bar.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Bar {
    /// The group.
    pub(super) name: String,
    /// The published mean, or nothing where it is suppressed.
    pub(super) mean: Option<String>,
    /// The mean as people read it.
    pub(super) shown: String,
}

/// Heights in pixels. Widths are parts of whatever room there is, so that letters keep their size.
const ROW: u32 = 66;
const BAR: u32 = 28;

/// The picture.
pub(super) fn chart(texts: &Texts, title: &str, bars: &[Bar]) -> Html {
    let lengths = lengths(bars);
    let height = ROW * u32::try_from(bars.len()).unwrap_or(0);
    let words: Vec<String> = bars.iter().map(|bar| format!("{}: {}", bar.name, bar.shown)).collect();
    html! {
        <svg class="chart" width="100%" height={height.to_string()} role="img" data-test="result-chart"
            aria-labelledby="chart-title chart-words">
            <title id="chart-title">{ title }</title>
            <desc id="chart-words">{ words.join("; ") }</desc>
            { for bars.iter().zip(&lengths).enumerate().map(|(at, (bar, length))| draw(texts, at, bar, *length)) }
        </svg>
    }
}

fn draw(texts: &Texts, at: usize, bar: &Bar, length: f64) -> Html {
    let top = ROW * u32::try_from(at).unwrap_or(0);
    let class = format!("bar bar-{}", at % 2 + 1);
    let shown = if bar.mean.is_some() { bar.shown.clone() } else { texts.say("suppressed") };
    let (text, rect, height) = ((top + 18).to_string(), (top + 27).to_string(), BAR.to_string());
    html! {
        <g>
            <text class="bar-name" x="0" y={text.clone()}>{ &bar.name }</text>
            <text class="bar-value" x="100%" y={text}>{ shown }</text>
            <rect class="bar-ground" x="0" y={rect.clone()} width="100%" height={height.clone()} />
            <rect {class} x="0" y={rect} width={format!("{length:.2}%")} {height} />
        </g>
    }
}

/// Lengths from zero in per cent, the longest over the whole width; a picture needs no more than floats.
fn lengths(bars: &[Bar]) -> Vec<f64> {
    let means: Vec<f64> =
        bars.iter().map(|bar| bar.mean.as_ref().and_then(|mean| mean.parse().ok()).unwrap_or(0.0)).collect();
    let longest = means.iter().copied().fold(0.0, f64::max);
    let length = |mean: f64| if longest > 0.0 { mean.max(0.0) / longest * 100.0 } else { 0.0 };
    means.into_iter().map(length).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_begin_at_zero_and_a_suppressed_one_has_none() {
        let bar = |mean: Option<&str>| Bar {
            name: String::new(),
            mean: mean.map(str::to_owned),
            shown: String::new(),
        };
        let in_per_cent = |bars: &[Bar]| -> Vec<String> {
            lengths(bars).into_iter().map(|length| format!("{length:.0}")).collect()
        };
        assert_eq!(in_per_cent(&[bar(Some("50.00")), bar(Some("100.00")), bar(None)]), ["50", "100", "0"]);
        assert_eq!(in_per_cent(&[bar(Some("0.00")), bar(None)]), ["0", "0"]);
    }
}
