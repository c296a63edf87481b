//! The clock, at the edge.

use js_sys::{Date, Object, Reflect};

/// Milliseconds since 1970, by this machine.
pub(crate) fn now_ms() -> f64 {
    Date::now()
}

/// Seconds since 1970, by this machine.
pub(crate) fn now_s() -> u64 {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "after 1970 and not far")]
    let now = (now_ms() / 1000.0) as u64;
    now
}

/// A moment as people write it where this browser is, its time zone named.
pub(crate) fn show(moment_s: u64) -> String {
    #[expect(clippy::cast_precision_loss, reason = "far below 2^53")]
    let date = Date::new(&(moment_s as f64 * 1000.0).into());
    let options = Object::new();
    let parts = [
        ("year", "numeric"),
        ("month", "long"),
        ("day", "numeric"),
        ("hour", "2-digit"),
        ("minute", "2-digit"),
        ("timeZoneName", "short"),
    ];
    for (part, form) in parts {
        // Fails for frozen objects only.
        let _ = Reflect::set(&options, &part.into(), &form.into());
    }
    date.to_locale_string("en-GB", &options).into()
}

/// A moment as a form has it (`2026-12-23T17:00`), in this browser's time zone.
pub(crate) fn parse_local(text: &str) -> Option<u64> {
    let moment = Date::new(&text.into()).get_time();
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked")]
    let seconds = (moment > 0.0).then_some((moment / 1000.0) as u64);
    seconds
}

/// So many days from now, as a form has it.
pub(crate) fn local_in_days(days: u32) -> String {
    let now = Date::new_0();
    let minutes = now.get_timezone_offset();
    let shifted = now_ms() - minutes * 60_000.0 + f64::from(days) * 86_400_000.0;
    let text: String = Date::new(&shifted.into()).to_iso_string().into();
    text.get(..16).unwrap_or_default().to_owned()
}
