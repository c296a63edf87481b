//! The clock, at the edge.

/// Seconds since 1970, by this machine.
pub(crate) fn now_s() -> u64 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "after 1970, before the year 10^8"
    )]
    let now = (js_sys::Date::now() / 1000.0) as u64;
    now
}
