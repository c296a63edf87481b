//! scratch
use stories::pages::Reporter;
use stories::*;
#[test]
fn scratch() {
    let world = World::shared();
    let survey = world.survey(&e2e::play::Plan::inviting(3));
    let browser = Browser::start(&Options::default());
    let r = Reporter(&browser);
    r.open(&world.link(&survey, 0));
    r.begin();
    std::fs::write("/tmp/odd.csv", "sex,salary\nFemale,10.5\nMale,20.25\nMale,7\n").unwrap();
    r.choose(std::path::Path::new("/tmp/odd.csv"));
    println!("{:?}", browser.run("return [document.querySelector('#decimal-mark').value, document.querySelector('#decimal-mark').outerHTML]", &[]));
    println!("{:?}", browser.run("return [document.querySelector('#column-measure').value, document.querySelector('#column-compared').value]", &[]));
    browser.picture(std::path::Path::new("/tmp/columns.png"));
    browser.press("columns-go");
    println!("{}", browser.wait_for_one_of(&["error", "totals"]));
}
