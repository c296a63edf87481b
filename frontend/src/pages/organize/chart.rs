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

const WIDTH: u32 = 640;
const ROW: u32 = 64;
const BAR: u32 = 26;

/// The picture.
pub(super) fn chart(texts: &Texts, title: &str, bars: &[Bar]) -> Html {
    let lengths = lengths(bars);
    let height = ROW * u32::try_from(bars.len()).unwrap_or(0);
    let words: Vec<String> = bars.iter().map(|bar| format!("{}: {}", bar.name, bar.shown)).collect();
    html! {
        <svg class="chart" viewBox={format!("0 0 {WIDTH} {height}")} role="img" data-test="result-chart"
            aria-labelledby="chart-title chart-words">
            <title id="chart-title">{ title }</title>
            <desc id="chart-words">{ words.join("; ") }</desc>
            { for bars.iter().zip(&lengths).enumerate().map(|(at, (bar, length))| draw(texts, at, bar, *length)) }
        </svg>
    }
}

fn draw(texts: &Texts, at: usize, bar: &Bar, length: u32) -> Html {
    let top = ROW * u32::try_from(at).unwrap_or(0);
    let class = format!("bar bar-{}", at % 2 + 1);
    let shown = if bar.mean.is_some() { bar.shown.clone() } else { texts.say("suppressed") };
    html! {
        <g>
            <text class="bar-name" x="0" y={(top + 20).to_string()}>{ &bar.name }</text>
            <text class="bar-value" x={WIDTH.to_string()} y={(top + 20).to_string()}>{ shown }</text>
            <rect class="bar-ground" x="0" y={(top + 28).to_string()} width={WIDTH.to_string()} height={BAR.to_string()} />
            <rect {class} x="0" y={(top + 28).to_string()} width={length.to_string()} height={BAR.to_string()} />
        </g>
    }
}

/// Lengths from zero, the longest over the whole width; a picture needs no more than floats.
fn lengths(bars: &[Bar]) -> Vec<u32> {
    let means: Vec<f64> =
        bars.iter().map(|bar| bar.mean.as_ref().and_then(|mean| mean.parse().ok()).unwrap_or(0.0)).collect();
    let longest = means.iter().copied().fold(0.0, f64::max);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and the width")]
    let length = |mean: f64| if longest > 0.0 { (mean / longest * f64::from(WIDTH)) as u32 } else { 0 };
    means.into_iter().map(|mean| length(mean.max(0.0))).collect()
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
        assert_eq!(lengths(&[bar(Some("50.00")), bar(Some("100.00")), bar(None)]), [320, 640, 0]);
        assert_eq!(lengths(&[bar(Some("0.00")), bar(None)]), [0, 0]);
    }
}
