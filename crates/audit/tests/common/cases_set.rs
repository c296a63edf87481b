//! Wrong lists, statements, receipts and sets.

use super::cases::{Case, bent, last};
use super::lies::{counted, restate};
use super::{Bend, computation_server, data_server};
use audit::Check;
use protocol::{AgreedSet, HeldList, Hex, Kind, Member, Role, Signed};

pub(crate) fn cases() -> Vec<Case> {
    [lists(), statements(), sets()].into_iter().flatten().collect()
}

fn listed(
    name: &'static str,
    like: &'static str,
    check: Check,
    change: fn(&mut HeldList, &mut HeldList),
) -> Case {
    bent(name, like, check, Bend { lists: Some(change), ..Bend::default() })
}

fn lists() -> Vec<Case> {
    vec![
        last("list_not_the_data_servers", "plain", Check::DataList, |b| {
            b.data_list = Signed::sign(b.data_list.body.clone(), &computation_server());
        }),
        listed("submission_doubled", "plain", Check::DataList, |data, _| {
            let entry = data.entries[0].clone();
            data.entries.insert(0, entry);
        }),
        listed("list_unsorted", "plain", Check::DataList, |data, _| data.entries.swap(0, 1)),
        last("list_not_the_computation_servers", "broken-down", Check::ComputationList, |b| {
            b.computation_list = Signed::sign(b.computation_list.body.clone(), &data_server());
        }),
        listed("list_of_the_other_role", "plain", Check::ComputationList, |_, list| {
            list.role = Role::DataServer;
        }),
        listed("build_without_a_name", "plain", Check::Builds, |data, _| data.build.clear()),
        listed("build_of_two_lines", "plain", Check::Builds, |_, list| list.build.push_str("\n1")),
    ]
}

fn statements() -> Vec<Case> {
    vec![
        listed("withdrawal_made_up", "plain", Check::Statements, |data, computation| {
            restate((data, computation), 0, false, |statement| {
                statement.kind = Kind::Withdrawal;
                statement.commitment = Hex([0; 32]);
                statement.share_commitment = Hex([0; 32]);
            });
        }),
        listed("withdrawal_with_commitments", "broken-down", Check::Statements, |data, computation| {
            let at = data.entries.iter().position(|entry| entry.kind == Kind::Withdrawal).unwrap();
            let (c, k) = (data.entries[0].commitment, data.entries[0].share_commitment);
            let (c, k) = if c == Hex([0; 32]) { (data.entries[1].commitment, k) } else { (c, k) };
            restate((data, computation), at, true, |statement| {
                statement.commitment = c;
                statement.share_commitment = k;
            });
        }),
        listed("commitments_exchanged", "plain", Check::Statements, |data, computation| {
            let of = |at: usize| (data.entries[at].commitment, data.entries[at].share_commitment);
            let (one, other) = (of(0), of(1));
            for (at, (c, k)) in [(0, other), (1, one)] {
                restate((data, computation), at, false, |statement| {
                    statement.commitment = c;
                    statement.share_commitment = k;
                });
            }
        }),
        listed("version_zero", "plain", Check::Statements, |data, computation| {
            restate((data, computation), 2, true, |statement| statement.version = 0);
        }),
        listed("receipt_of_another_hour", "plain", Check::Receipts, |data, _| {
            let at = counted(data, 0);
            data.entries[at].other.as_mut().unwrap().hour += 1;
        }),
        listed("receipt_of_another_reporter", "plain", Check::Receipts, |_, list| {
            list.entries[0].other = list.entries[1].other;
        }),
        listed("declared_without_being_held", "plain", Check::Receipts, |_, list| {
            list.entries[3].other = None;
        }),
    ]
}

fn sets() -> Vec<Case> {
    let agreed = |name, like, change: fn(&mut AgreedSet)| {
        bent(name, like, Check::AgreedSet, Bend { agreed: Some(change), ..Bend::default() })
    };
    vec![
        agreed("submission_dropped", "plain", |set| {
            set.members.remove(0);
        }),
        bent(
            "submission_added",
            "broken-down",
            Check::AgreedSet,
            Bend {
                lists: None,
                agreed: Some(|set| {
                    let one = set.discrepancies.pop().unwrap();
                    let protocol::Discrepancy::Unfinished { credential, version } = one else { return };
                    let commitment = super::forge::unfinished_commitment();
                    set.members.push(Member { credential, version, commitment });
                    set.members.sort_by_key(|member| member.credential);
                }),
                ..Bend::default()
            },
        ),
        agreed("unfinished_kept_quiet", "broken-down", |set| set.discrepancies.clear()),
        agreed("more_withdrawn_than_withdrew", "broken-down", |set| set.withdrawn += 1),
        agreed("set_of_another_list", "plain", |set| set.data_list = set.computation_list),
        last("set_not_the_computation_servers", "plain", Check::AgreedComputationServer, |b| {
            b.agreed = Signed::sign(b.agreed.body.clone(), &data_server());
        }),
        last("set_not_the_data_servers", "plain", Check::AgreedDataServer, |b| {
            b.agreed_countersignature = b.agreed.signature;
        }),
        listed("too_few_counted", "plain", Check::Counted, |data, computation| {
            data.entries.truncate(2);
            computation.entries.truncate(2);
        }),
        listed("more_lost_than_tolerated", "plain", Check::Counted, |_, computation| {
            computation.entries.truncate(3);
        }),
        last("counted_who_never_took_part", "plain", Check::MembersEnrolled, |b| {
            b.enrolments.remove(2);
        }),
    ]
}
