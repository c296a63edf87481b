//! Whoever works by keyboard, or hears the page, keeps their place: where the element that had the focus goes
//! away, the focus goes to the nearest thing around it that is still there, not to the page's beginning.

use js_sys::{Array, Function, Object, Reflect};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use web_sys::{Document, Element};

/// What had the focus last, then everything around it, from the inside out; nothing after a press elsewhere.
type Place = Rc<RefCell<Vec<Element>>>;

type Listener = Closure<dyn FnMut(JsValue)>;

/// Looks after the focus for as long as it exists.
pub(crate) struct Keeping {
    document: Document,
    listeners: [(&'static str, Listener); 2],
    observer: JsValue,
    _changed: Listener,
}

impl Keeping {
    /// Begins; nothing where a browser lacks what this needs.
    pub(crate) fn begin() -> Option<Self> {
        let document = web_sys::window()?.document()?;
        let place = Place::default();
        let (came, pressed) = (place.clone(), place.clone());
        let listeners: [(&'static str, Listener); 2] = [
            ("focusin", Closure::new(move |event: JsValue| *came.borrow_mut() = line_of(&event))),
            // Somebody points elsewhere; what takes the focus by that says so itself.
            ("pointerdown", Closure::new(move |_| pressed.borrow_mut().clear())),
        ];
        for (name, listener) in &listeners {
            document.add_event_listener_with_callback(name, listener.as_ref().unchecked_ref()).ok()?;
        }
        let looked_at = document.clone();
        let changed: Listener = Closure::new(move |_| keep(&looked_at, &place));
        let observer = observe(&document, changed.as_ref().unchecked_ref()).ok()?;
        Some(Self { document, listeners, observer, _changed: changed })
    }
}

impl Drop for Keeping {
    fn drop(&mut self) {
        for (name, listener) in &self.listeners {
            // Fails for documents that are gone.
            let _ =
                self.document.remove_event_listener_with_callback(name, listener.as_ref().unchecked_ref());
        }
        // As above.
        let _ = call(&self.observer, "disconnect", &[]);
    }
}

/// Takes the focus to the beginning of the content, where another program has just begun.
pub(crate) fn begin_at_content() {
    let document = web_sys::window().and_then(|window| window.document());
    if let Some(main) = document.and_then(|document| document.get_element_by_id("main")) {
        take_to(&main);
    }
}

/// Takes the focus to the heading of a step that has just begun, if it has one.
pub(crate) fn take_to_heading() {
    if let Some(heading) = heading() {
        // Fails for what cannot be focused; this can.
        let _ = heading.unchecked_into::<web_sys::HtmlElement>().focus();
    }
}

/// The same for what has just appeared far from where the person was: the heading comes to the window's upper edge,
/// with what belongs to it below.
pub(crate) fn go_to_heading() {
    if let Some(heading) = heading() {
        heading.scroll_into_view();
        take_to(&heading);
    }
}

fn heading() -> Option<Element> {
    let document = web_sys::window()?.document()?;
    document.query_selector("main h2[tabindex]").ok().flatten()
}

fn line_of(event: &JsValue) -> Vec<Element> {
    let target = Reflect::get(event, &"target".into()).ok().and_then(|target| target.dyn_into().ok());
    std::iter::successors(target, |element: &Element| element.parent_element()).collect()
}

/// Whether nothing has the focus.
fn is_lost(document: &Document) -> bool {
    document.active_element().is_none_or(|active| active.tag_name() == "BODY")
}

/// After a change of the page: what is switched off for a moment gets the focus back when it is switched on again;
/// what is gone leaves it to what is around it.
fn keep(document: &Document, place: &Place) {
    if !is_lost(document) {
        return;
    }
    let line = place.borrow().clone();
    let nearest = line.iter().find(|element| element.is_connected());
    match nearest {
        Some(element) if element.has_attribute("disabled") => {}
        Some(element) if element.tag_name() != "BODY" && element.tag_name() != "HTML" => take_to(element),
        _ => {}
    }
}

fn take_to(element: &Element) {
    let takes_it = |_| is_lost_no_more(element);
    if call(element, "focus", &[calmly()]).is_ok_and(takes_it) {
        return;
    }
    // Fails for frozen documents only.
    let _ = element.set_attribute("tabindex", "-1");
    let _ = call(element, "focus", &[calmly()]);
}

fn is_lost_no_more(element: &Element) -> bool {
    element.owner_document().is_some_and(|document| !is_lost(&document))
}

/// Without moving what the person looks at.
fn calmly() -> JsValue {
    object(&[("preventScroll", true.into())])
}

/// <https://dom.spec.whatwg.org/#interface-mutationobserver>
fn observe(document: &Document, changed: &Function) -> Result<JsValue, JsValue> {
    let kind: Function = Reflect::get(&js_sys::global(), &"MutationObserver".into())?.dyn_into()?;
    let observer = Reflect::construct(&kind, &Array::of1(changed))?;
    let how = object(&[
        ("childList", true.into()),
        ("subtree", true.into()),
        ("attributeFilter", Array::of1(&"disabled".into()).into()),
    ]);
    call(&observer, "observe", &[document.into(), how])?;
    Ok(observer)
}

fn call(whom: &JsValue, name: &str, arguments: &[JsValue]) -> Result<JsValue, JsValue> {
    let function: Function = Reflect::get(whom, &name.into())?.dyn_into()?;
    function.apply(whom, &arguments.iter().cloned().collect())
}

fn object(fields: &[(&str, JsValue)]) -> JsValue {
    let object = Object::new();
    for (name, value) in fields {
        // Fails for frozen objects only.
        let _ = Reflect::set(&object, &(*name).into(), value);
    }
    object.into()
}
