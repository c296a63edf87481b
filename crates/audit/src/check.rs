//! The checks, by name, and what each of them means.

macro_rules! checks {
    ($($variant:ident $name:literal $meaning:literal)*) => {
        /// One thing that is checked. The names are those of `docs/VERIFYING.md`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Check { $(#[doc = $meaning] $variant,)* }

        impl Check {
            /// All of them, in the order in which they are shown.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// Its name.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),* }
            }

            /// What it means that it passes, in plain words.
            #[must_use]
            pub const fn meaning(self) -> &'static str {
                match self { $(Self::$variant => $meaning),* }
            }
        }
    };
}

checks! {
    Format "format" "The file is a bundle of a version known here, with every field once and none besides."
    ServerKeys "server-keys" "The two servers named in the survey are those whose keys were given from outside."
    ManifestRules "manifest-rules" "What was asked, and the minimum numbers, keep the rules of the method."
    PaillierSignature "paillier-signature" "The computation server made this encryption key for this survey alone."
    PaillierProof "paillier-proof" "Whoever made the encryption key proved that it decrypts in one way only."
    ManifestOrganizer "manifest-organizer" "The organizer signed the survey as it stands here."
    ManifestDataServer "manifest-data-server" "The data server signed the survey as it stands here."
    ManifestComputationServer "manifest-computation-server" "The computation server signed the survey as it stands here."
    OneSurvey "one-survey" "All documents in the bundle are about this survey and no other."
    Roster "roster" "The invitations are those that the survey was opened with."
    Orders "orders" "The organizer signed every order: who else was invited, the close, the release."
    Enrolments "enrolments" "Whoever took part held an invitation of the organizer's, and used it once."
    EnrolmentsDataServer "enrolments-data-server" "The data server confirmed everybody who took part."
    EnrolmentsComputationServer "enrolments-computation-server" "The computation server confirmed everybody who took part."
    DataList "data-list" "The data server signed what it held, each version once."
    ComputationList "computation-list" "The computation server signed what it held, each version once."
    Builds "builds" "Both servers signed which program they ran."
    Statements "statements" "Every reporter signed what the servers hold of it."
    Receipts "receipts" "What one server says that the other acknowledged, that one signed."
    AgreedSet "agreed-set" "Who counts follows from what both servers say they held, by the published rule."
    AgreedComputationServer "agreed-computation-server" "The computation server signed who counts."
    AgreedDataServer "agreed-data-server" "The data server signed who counts."
    Counted "counted" "Enough reporters count, and no more were lost than the survey tolerates."
    MembersEnrolled "members-enrolled" "Everybody who counts was invited and took part."
    ReleaseSet "release-set" "The result is about exactly those who count."
    ReleaseComputationServer "release-computation-server" "The computation server signed the result, what is suppressed included."
    ReleaseDataServer "release-data-server" "The data server signed the same result, what is suppressed included."
    Cells "cells" "Every group of the survey is shown with all its numbers, or suppressed with a reason."
    Suppression "suppression" "No group is shown that is too small, or that would give a suppressed one away."
    Sums "sums" "Totals over several groups are the sums of these groups, and no band shows too few."
    Figures "figures" "Every mean, gap and other figure follows from the numbers shown."
    Commitments "commitments" "The numbers shown, and what is not shown, add up to what reporters committed to."
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_checks_have_one_name() {
        let mut names: Vec<_> = Check::ALL.iter().map(|check| check.name()).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), Check::ALL.len());
    }
}
