//! The invitation as it is given: a whole link, or what a mail program left of it and its code.

use crate::Failure;
use protocol::{CodeRefusal, Hex, Invitation, InvitationCode, InvitationRefusal, LinkAddress};
use std::io::Read;

/// What was given.
#[derive(Debug)]
pub(super) enum Given {
    /// A whole link.
    Link(Invitation),
    /// A link without its end, and the code.
    Code(LinkAddress, InvitationCode),
}

impl Given {
    /// Reads the link, from standard input where it is "-", and the code if there is one.
    pub(super) fn read(link: &str, code: Option<&str>) -> Result<Self, Failure> {
        if link != "-" {
            return Self::parse(link, code);
        }
        let mut text = String::new();
        std::io::stdin().take(10_000).read_to_string(&mut text).map_err(|error| {
            Failure::input(format!("The link cannot be read: {error}. Nothing was sent."))
        })?;
        // Whatever follows the link there is its code.
        let (link, rest) = text.trim().split_once(char::is_whitespace).unwrap_or((text.trim(), ""));
        Self::parse(link, code.or_else(|| Some(rest.trim()).filter(|rest| !rest.is_empty())))
    }

    fn parse(link: &str, code: Option<&str>) -> Result<Self, Failure> {
        match (Invitation::parse(link), code) {
            (Ok(invitation), _) => Ok(Self::Link(invitation)),
            (Err(InvitationRefusal::CutFragment), Some(code)) => {
                let address = LinkAddress::parse(link).map_err(|refused| unusable(&refused))?;
                Ok(Self::Code(address, InvitationCode::parse(code).map_err(mistyped)?))
            }
            (Err(refused), _) => Err(unusable(&refused)),
        }
    }

    /// The survey's id.
    pub(super) const fn survey(&self) -> Hex<32> {
        match self {
            Self::Link(invitation) => invitation.survey,
            Self::Code(address, _) => address.survey,
        }
    }

    /// Where it leads.
    pub(super) fn base(&self) -> &str {
        match self {
            Self::Link(invitation) => &invitation.base,
            Self::Code(address, _) => &address.base,
        }
    }

    /// The whole invitation, if it is one to the survey that a server shows with this fingerprint.
    pub(super) fn complete(self, fingerprint: Hex<32>) -> Option<Invitation> {
        match self {
            Self::Link(invitation) => (invitation.fingerprint == fingerprint).then_some(invitation),
            Self::Code(address, code) => code.complete(address.base, address.survey, fingerprint),
        }
    }
}

fn unusable(refused: &InvitationRefusal) -> Failure {
    let advice = match refused {
        InvitationRefusal::NotALink => "Copy it whole.",
        InvitationRefusal::CutFragment => "Copy it whole, or add the code beside it with --code.",
    };
    Failure::input(format!("The link cannot be used: {refused}. {advice} Nothing was sent."))
}

fn mistyped(refused: CodeRefusal) -> Failure {
    Failure::input(format!("The code cannot be used: {refused}. Type it as it stands. Nothing was sent."))
}

#[cfg(test)]
mod tests {
    use super::*;

    const ADDRESS: &str =
        "https://pay.example/take-part/0707070707070707070707070707070707070707070707070707070707070707";

    fn link() -> String {
        format!("{ADDRESS}#{}.{}", "01".repeat(16), "02".repeat(32))
    }

    #[test]
    fn a_cut_link_and_its_code_are_the_whole_link() {
        let whole = Invitation::parse(&link()).unwrap();
        let code = InvitationCode::of(&whole).expose_code();
        let completed = Given::parse(ADDRESS, Some(&code)).unwrap().complete(Hex([2; 32])).unwrap();
        assert_eq!(completed.expose_link(), whole.expose_link());
        assert!(Given::parse(ADDRESS, Some(&code)).unwrap().complete(Hex([3; 32])).is_none());
        // A whole link needs no code, whatever is said besides.
        assert!(Given::parse(&link(), Some("nonsense")).unwrap().complete(Hex([2; 32])).is_some());
    }

    #[test]
    fn what_is_missing_is_said() {
        let said = |link: &str, code: Option<&str>| format!("{:?}", Given::parse(link, code).unwrap_err());
        assert!(said(ADDRESS, None).contains("--code"));
        assert!(said(ADDRESS, Some("AAAAAA")).contains("nine groups of six"));
        assert!(said("hello", Some("AAAAAA")).contains("not an invitation link"));
    }
}
