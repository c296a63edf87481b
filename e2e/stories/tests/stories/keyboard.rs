//! Without a mouse: the reporter's way from the link to the receipt, the organizer's from the sign-in to the
//! closed survey. Every stop can be seen, and no change of screens loses the focus.

use crate::setting::Setting;
use stories::pages::Organizer;
use stories::{Browser, Key, Keyboard, Options, World};

#[test]
fn a_reporter_gets_from_the_link_to_the_receipt_by_keyboard() {
    let setting = Setting::of_reporter();
    let (browser, keys) = (&setting.browser, Keyboard(&setting.browser));
    keys.enter("begin");
    keys.arrive("file-input");
    keys.space("type-open");
    let cell = |row: usize, what: &str| format!("type-rows tbody tr:nth-child({row}) {what}");
    for (row, amount) in [(1, "much"), (2, "4200.50"), (3, "4300")] {
        keys.go_to(&cell(row, "select"));
        // The first choice is nothing, the second women, the third men.
        (0..=row % 2).for_each(|_| keys.press(Key::Down));
        keys.fill(&cell(row, "input"), amount);
    }
    keys.enter("type-go");
    keys.arrive("columns-go");
    keys.enter("columns-go");
    keys.arrive("problems");
    assert_eq!(browser.texts("problems tbody td")[..2], ["1", "salary"]);
    keys.enter("other-file");
    keys.arrive("type-go");
    keys.go_to("type-go");
    keys.go_back_to(&cell(1, "input"));
    keys.write("4100");
    keys.enter("type-go");
    keys.arrive("columns-go");
    keys.space("columns-go");
    keys.arrive("totals");
    for figure in ["4,200.50", "8,400.00"] {
        assert!(browser.text("totals").contains(figure), "{figure} in {}", browser.text("totals"));
    }
    keys.enter("seal");
    keys.arrive("submitted");
    keys.enter("receipt-file");
    assert!(!browser.saved(".json").is_empty());
    // A question takes the place of the button that asks it.
    keys.enter("withdraw");
    keys.arrive("confirm-withdraw");
    keys.enter("confirm-withdraw");
    keys.arrive("withdrawn");
}

#[test]
fn an_organizer_gets_from_the_sign_in_to_a_closed_survey_by_keyboard() {
    let world = World::shared();
    let browser = Browser::start(&Options::default());
    let keys = Keyboard(&browser);
    browser.open(&world.page("/organize"));
    keys.fill("sign-in-token", world.sign_in());
    keys.press(Key::Enter);
    keys.arrive("new-survey");
    keys.enter("new-survey");
    keys.arrive("survey-title");
    keys.fill("survey-title", "Asked without a mouse");
    // Sent too early: the list of mistakes leads to the fields.
    keys.press(Key::Enter);
    keys.arrive("error[data-code='form']");
    keys.go_to("error[data-code='form'] li:last-child a");
    keys.press(Key::Enter);
    keys.arrive("period");
    keys.go_back_to("purpose");
    keys.fill("period", "2026");
    keys.fill("contact", "someone@example.org");
    keys.space("advanced");
    keys.fill("key-bits", "2048");
    keys.enter("create-survey");
    keys.arrive("organized-title");
    assert_eq!(browser.text("organized-title"), "Asked without a mouse");
    keys.enter("save-key");
    assert!(!browser.saved(".json").is_empty());
    keys.space("key-saved");
    keys.fill("invitees", "One");
    keys.press(Key::Enter);
    keys.write("Two");
    keys.enter("open-survey");
    keys.arrive("status-table");
    assert_eq!(Organizer(&browser).counts(), [2, 0, 0]);
    keys.enter("refresh");
    keys.enter("links-open");
    keys.go_to("message-copy");
    keys.enter("close-survey");
    keys.arrive("confirm-close");
    // The answer that undoes nothing is there too.
    keys.go_to("confirm-close");
    keys.press(Key::Tab);
    keys.press(Key::Enter);
    keys.arrive("close-survey");
    browser.wait_until_gone("confirm-close");
    keys.enter("close-survey");
    keys.enter("confirm-close");
    Organizer(&browser).is_taken_to("ended");
}
