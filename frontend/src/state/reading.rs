//! The reporter's way up to Begin: where somebody stands who reads, and what each event makes of that.

use crate::components::Trouble;
use crate::services::taking_part::Visit;
use protocol::Hex;
use std::rc::Rc;
use yew::Reducible;

/// Where the person stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Stage {
    /// The link is being looked at.
    Checking,
    /// The link's secret is missing; it can be typed.
    NeedsCode,
    /// The way ends here, or is tried again from its beginning.
    Stopped,
    /// Reads what will happen.
    Terms,
    /// Waits for the program that takes part.
    Leaving,
}

/// What is known about the survey's key, without which nobody begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Proof {
    /// A worker is at it.
    Awaited,
    /// It holds.
    Holds,
    /// It could not be checked.
    Failed(Trouble),
}

/// Everything that is shown before Begin.
#[derive(Clone)]
pub(crate) struct Reading {
    /// Where the person stands.
    pub(crate) stage: Stage,
    /// What went wrong last, if the person has not gone on since.
    pub(crate) trouble: Option<Trouble>,
    /// The survey to read, once both servers have shown it.
    pub(crate) visit: Option<Rc<Visit>>,
    /// What a worker found out about the survey's key.
    pub(crate) finding: Option<Hex<32>>,
    /// Why that could not be checked.
    pub(crate) unproven: Option<Trouble>,
}

/// What happens.
pub(crate) enum Event {
    /// Looking at the link begins, again perhaps.
    Look,
    /// There is no usable link.
    CodeNeeded,
    /// The survey can be read.
    Looked(Rc<Visit>),
    /// The survey's key is checked, once more perhaps.
    Proving,
    /// It holds: the survey can be taken part in.
    Proven(Hex<32>),
    /// It was not found out whether it can.
    Unproven(Trouble),
    /// Something failed; the person stays where the stage says.
    Failed(Stage, Trouble),
    /// The next stage begins.
    Go(Stage),
}

impl Default for Reading {
    fn default() -> Self {
        Self { stage: Stage::Checking, trouble: None, visit: None, finding: None, unproven: None }
    }
}

impl Reading {
    /// After this event.
    pub(crate) fn after(self, event: Event) -> Self {
        let calm = Self { trouble: None, ..self };
        match event {
            Event::Look => Self::default(),
            Event::CodeNeeded => Self { stage: Stage::NeedsCode, ..calm },
            Event::Looked(visit) => Self { stage: Stage::Terms, visit: Some(visit), ..calm },
            Event::Proving => Self { unproven: None, ..calm },
            Event::Proven(finding) => Self { finding: Some(finding), ..calm },
            Event::Unproven(trouble) => Self { unproven: Some(trouble), ..calm },
            Event::Failed(stage, trouble) => Self { stage, trouble: Some(trouble), ..calm },
            Event::Go(stage) => Self { stage, ..calm },
        }
    }

    /// Whether the person can begin.
    pub(crate) fn proof(&self) -> Proof {
        match (&self.unproven, &self.finding) {
            (Some(trouble), _) => Proof::Failed(trouble.clone()),
            (None, Some(_)) => Proof::Holds,
            (None, None) => Proof::Awaited,
        }
    }
}

impl Reducible for Reading {
    type Action = Event;

    fn reduce(self: Rc<Self>, event: Event) -> Rc<Self> {
        Rc::new((*self).clone().after(event))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(stage: Stage) -> Reading {
        Reading { stage, ..Reading::default() }
    }

    #[test]
    fn nobody_begins_before_the_key_was_found_to_hold() {
        let reading = at(Stage::Terms);
        assert_eq!(reading.proof(), Proof::Awaited);
        let blocked = || Trouble::new("workers-blocked");
        let failed = reading.after(Event::Unproven(blocked()));
        assert_eq!((failed.stage.clone(), failed.trouble.clone()), (Stage::Terms, None), "it can be read");
        assert_eq!(failed.proof(), Proof::Failed(blocked()));
        let again = failed.after(Event::Proving);
        assert_eq!(again.proof(), Proof::Awaited, "it is tried again");
        assert_eq!(again.after(Event::Proven(Hex([1; 32]))).proof(), Proof::Holds);
    }

    #[test]
    fn what_does_not_come_leaves_the_person_at_the_terms_until_they_try_again() {
        let ready = at(Stage::Terms).after(Event::Proven(Hex([1; 32])));
        let leaving = ready.after(Event::Go(Stage::Leaving));
        let back = leaving.after(Event::Failed(Stage::Terms, Trouble::new("program")));
        assert_eq!((back.stage.clone(), back.proof()), (Stage::Terms, Proof::Holds));
        assert!(back.trouble.is_some());
        assert_eq!(back.after(Event::Go(Stage::Leaving)).trouble, None);
    }

    #[test]
    fn looking_again_begins_anew_and_a_cut_link_asks_for_its_code() {
        let proven = at(Stage::Stopped).after(Event::Proven(Hex([1; 32])));
        let looking = proven.after(Event::Look);
        assert_eq!((looking.stage.clone(), looking.proof()), (Stage::Checking, Proof::Awaited));
        assert_eq!(looking.after(Event::CodeNeeded).stage, Stage::NeedsCode);
    }
}
