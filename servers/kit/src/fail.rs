//! Places where a test may let the process die as if the power had failed.
//!
//! Without the cargo feature `fail-points` the macro expands to nothing. With
//! it, the environment names one place, and optionally which visit to it:
//! `SEALED_PAY_FAIL_AT=after-mark` or `SEALED_PAY_FAIL_AT=after-mark:3`.

/// Marks a place where a test may kill the process: `kit::fail_point!("after-mark")`.
#[cfg(not(feature = "fail-points"))]
#[macro_export]
macro_rules! fail_point {
    ($name:literal) => {};
}

/// Marks a place where a test may kill the process: `kit::fail_point!("after-mark")`.
#[cfg(feature = "fail-points")]
#[macro_export]
macro_rules! fail_point {
    ($name:literal) => {
        $crate::fail::reach($name)
    };
}

#[cfg(feature = "fail-points")]
pub use armed::reach;

#[cfg(feature = "fail-points")]
mod armed {
    use std::sync::LazyLock;
    use std::sync::atomic::{AtomicU64, Ordering};

    use rustix::process::{Signal, getpid, kill_process};

    /// Where to die, and at which visit.
    static PLAN: LazyLock<Option<(String, u64)>> =
        LazyLock::new(|| std::env::var("SEALED_PAY_FAIL_AT").ok().map(|text| plan(&text)));
    static VISITS: AtomicU64 = AtomicU64::new(0);

    /// Ends the process at once, without any clean-up, if this is the place.
    pub fn reach(name: &str) {
        let Some((place, visit)) = PLAN.as_ref() else { return };
        if place == name && VISITS.fetch_add(1, Ordering::SeqCst) + 1 == *visit {
            let _ = kill_process(getpid(), Signal::KILL);
            // The signal may be delivered a moment later: nothing may happen in it.
            std::process::abort();
        }
    }

    /// Reads `name` or `name:k`.
    pub(super) fn plan(text: &str) -> (String, u64) {
        match text.rsplit_once(':').and_then(|(name, visit)| Some((name, visit.parse().ok()?))) {
            Some((name, visit)) => (name.to_owned(), visit),
            None => (text.to_owned(), 1),
        }
    }
}

#[cfg(all(test, feature = "fail-points", unix))]
mod tests {
    use std::os::unix::process::ExitStatusExt;
    use std::process::Command;

    #[test]
    fn a_plan_names_a_place_and_a_visit() {
        assert_eq!(super::armed::plan("after-mark"), ("after-mark".to_owned(), 1));
        assert_eq!(super::armed::plan("after-mark:3"), ("after-mark".to_owned(), 3));
    }

    /// Not a test of its own: visits a place three times when the test below runs it.
    #[test]
    fn visits_a_place_three_times() {
        for visit in 1..=3 {
            crate::fail_point!("planted");
            println!("survived {visit}");
        }
    }

    #[test]
    fn the_process_dies_at_the_named_visit_and_not_elsewhere() {
        let run = |at: &str| {
            Command::new(std::env::current_exe().unwrap())
                .args(["--exact", "fail::tests::visits_a_place_three_times", "--nocapture"])
                .env("SEALED_PAY_FAIL_AT", at)
                .output()
                .unwrap()
        };
        let died = run("planted:2");
        assert_eq!(died.status.signal(), Some(9));
        let said = String::from_utf8(died.stdout).unwrap();
        assert!(said.contains("survived 1") && !said.contains("survived 2"));
        assert!(run("elsewhere").status.success());
    }
}
