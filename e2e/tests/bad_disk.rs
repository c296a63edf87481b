//! What a server makes of what its disk has spoiled.

use e2e::play::{Organizer, Plan, Reporter};
use e2e::processes::{Pair, TOKEN, Which};
use e2e::spoiled::spoil_ciphertexts;
use protocol::EndedReason;

#[test]
fn spoiled_ciphertexts_end_a_survey_without_any_figure() {
    let mut pair = Pair::start(1);
    let survey = Organizer::new(TOKEN).open(pair.data.client(), &Plan::inviting(3));
    for invitation in 0..3 {
        let pays = [(0, 5_000), (0, 5_001), (1, 6_000), (1, 6_001)];
        Reporter::of(&survey, invitation).take_part(&survey, pair.data.client(), &pays);
    }
    let data = pair.server(Which::Data);
    data.kill();
    spoil_ciphertexts(data);
    data.start();
    survey.close_and_release(pair.data.client());
    // The shares do not open what was added up; one fixed answer, at both.
    assert_eq!(survey.ended(pair.computation.client()), EndedReason::Inconsistent);
    assert_eq!(survey.ended(pair.data.client()), EndedReason::Inconsistent);
}
