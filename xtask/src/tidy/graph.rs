//! Who is built into whom.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use cargo_metadata::{DependencyKind, Metadata};

use super::laws::{self, Direct, Reach};

/// Dependencies by package name. Versions of one name are taken together, and
/// features as the whole workspace turns them on: more edges than any one build
/// has, never fewer.
#[derive(Default)]
pub(crate) struct Graph {
    /// Normal and build dependencies that are really built.
    built: BTreeMap<String, BTreeSet<String>>,
    /// What workspace members list themselves: `(who, what, for tests only)`.
    listed: BTreeSet<(String, String, bool)>,
    members: BTreeSet<String>,
    /// Packages whose feature `fail-points` is on in an ordinary build.
    armed: Vec<String>,
}

impl Graph {
    pub(crate) fn of(metadata: &Metadata) -> Self {
        let names: BTreeMap<_, _> =
            metadata.packages.iter().map(|package| (&package.id, package.name.to_string())).collect();
        let mut graph = Self::default();
        for package in metadata.workspace_packages() {
            graph.members.insert(package.name.to_string());
            for listed in &package.dependencies {
                let for_tests = listed.kind == DependencyKind::Development;
                graph.listed.insert((package.name.to_string(), listed.name.clone(), for_tests));
            }
        }
        for node in metadata.resolve.iter().flat_map(|resolve| &resolve.nodes) {
            let Some(name) = names.get(&node.id) else { continue };
            if node.features.iter().any(|feature| **feature == "fail-points") {
                graph.armed.push(name.clone());
            }
            for dependency in &node.deps {
                let is_built =
                    dependency.dep_kinds.iter().any(|kind| kind.kind != DependencyKind::Development);
                if let Some(to) = names.get(&dependency.pkg).filter(|_| is_built) {
                    graph.built.entry(name.clone()).or_default().insert(to.clone());
                }
            }
        }
        graph
    }

    /// Reads what `cargo tree --prefix depth --format {p}` prints: how deep, then which package.
    pub(crate) fn of_tree(printed: &str) -> Self {
        let mut graph = Self::default();
        let mut above: Vec<String> = Vec::new();
        for line in printed.lines() {
            let digits = line.chars().take_while(char::is_ascii_digit).count();
            let Some((depth, package)) = line.split_at_checked(digits) else { continue };
            let (Ok(depth), Some(name)) = (depth.parse(), package.split_whitespace().next()) else {
                continue;
            };
            above.truncate(depth);
            if let Some(parent) = above.last() {
                graph.built.entry(parent.clone()).or_default().insert(name.to_owned());
            }
            above.push(name.to_owned());
        }
        graph
    }

    /// Whether a package is in it at all.
    pub(crate) fn knows(&self, name: &str) -> bool {
        self.built.contains_key(name)
    }

    /// The shortest way from one package to another, both named.
    fn way(&self, from: &str, to: &str) -> Option<Vec<String>> {
        let mut came_from: BTreeMap<&str, &str> = BTreeMap::new();
        let mut queue = VecDeque::from([from]);
        while let Some(at) = queue.pop_front() {
            if at == to {
                let steps = std::iter::successors(Some(at), |step| came_from.get(step).copied());
                let mut way: Vec<String> = steps.map(str::to_owned).collect();
                way.reverse();
                return Some(way);
            }
            for next in self.built.get(at).into_iter().flatten() {
                if next != from && !came_from.contains_key(next.as_str()) {
                    came_from.insert(next, at);
                    queue.push_back(next);
                }
            }
        }
        None
    }

    pub(crate) fn breaches_of_reach(&self, law: &Reach) -> Vec<String> {
        let pairs = law.who.iter().flat_map(|who| law.never.iter().map(move |never| (who, never)));
        pairs
            .filter(|(who, never)| who != never)
            .filter_map(|(who, never)| self.way(who, never))
            .map(|way| way.join(" -> "))
            .collect()
    }

    pub(crate) fn breaches_of_direct(&self, law: &Direct) -> Vec<String> {
        let may = |who: &str| law.only.contains(&who) || law.what.contains(&who);
        let excused = |for_tests: bool| for_tests && law.tests_may;
        let listed = self.listed.iter().filter(|(_, what, _)| law.what.contains(&what.as_str()));
        let forbidden = listed.filter(|(who, _, for_tests)| !may(who) && !excused(*for_tests));
        forbidden.map(|(who, what, _)| format!("{who} lists {what}")).collect()
    }

    /// A law about a crate nobody has holds for nothing: misspelt names are breaches.
    pub(crate) fn unknown_names(&self) -> Vec<String> {
        let reach = laws::REACH.iter().chain(laws::BY_ITSELF).flat_map(|law| law.who.iter().chain(law.never));
        let direct = laws::DIRECT.iter().flat_map(|law| law.what.iter().chain(law.only));
        let ours: BTreeSet<&str> =
            reach.chain(direct).copied().filter(|name| name.starts_with("sealed-pay-")).collect();
        let unknown = ours.iter().filter(|name| !self.members.contains(**name));
        unknown.map(|name| format!("no crate is called {name}")).collect()
    }

    pub(crate) fn armed_fail_points(&self) -> Vec<String> {
        self.armed.iter().map(|name| format!("{name} is built with fail-points")).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A graph of these edges, all of them built and listed.
    fn graph(edges: &[(&str, &str)]) -> Graph {
        let mut graph = Graph::default();
        for (from, to) in edges {
            graph.built.entry((*from).to_owned()).or_default().insert((*to).to_owned());
            graph.listed.insert(((*from).to_owned(), (*to).to_owned(), false));
        }
        graph
    }

    fn reach_breaches(graph: &Graph) -> Vec<String> {
        laws::REACH.iter().chain(laws::BY_ITSELF).flat_map(|law| graph.breaches_of_reach(law)).collect()
    }

    #[test]
    fn a_hidden_way_from_the_data_server_to_the_keys_is_found() {
        let planted = graph(&[
            ("sealed-pay-data-server", "sealed-pay-protocol"),
            ("sealed-pay-protocol", "innocent"),
            ("innocent", "sealed-pay-paillier-keys"),
        ]);
        let found = reach_breaches(&planted);
        assert!(
            found.contains(
                &"sealed-pay-data-server -> sealed-pay-protocol -> innocent -> sealed-pay-paillier-keys"
                    .to_owned()
            )
        );
        assert!(found.contains(&"sealed-pay-protocol -> innocent -> sealed-pay-paillier-keys".to_owned()));
    }

    #[test]
    fn a_way_from_the_commitments_to_paillier_is_found_and_the_proofs_may_have_both() {
        let lawful = graph(&[
            ("sealed-pay-packproof", "sealed-pay-commitments"),
            ("sealed-pay-packproof", "sealed-pay-paillier"),
        ]);
        assert!(reach_breaches(&lawful).is_empty());
        let planted = graph(&[
            ("sealed-pay-commitments", "innocent"),
            ("innocent", "sealed-pay-paillier"),
            ("sealed-pay-packproof", "sealed-pay-protocol"),
        ]);
        let found = reach_breaches(&planted);
        assert!(found.contains(&"sealed-pay-commitments -> innocent -> sealed-pay-paillier".to_owned()));
        assert!(found.contains(&"sealed-pay-packproof -> sealed-pay-protocol".to_owned()));
    }

    #[test]
    fn every_law_of_reach_catches_every_edge_it_forbids() {
        for law in laws::REACH.iter().chain(laws::BY_ITSELF) {
            for who in law.who {
                for never in law.never.iter().filter(|never| *never != who) {
                    let planted = graph(&[(who, "between"), ("between", never)]);
                    assert_eq!(planted.breaches_of_reach(law), [format!("{who} -> between -> {never}")]);
                }
            }
        }
    }

    #[test]
    fn a_printed_tree_is_read_and_a_planted_log_is_found_in_it() {
        let printed = "0sealed-pay-paillier v0.1.0 (here)\n1a v1.0.0\n2b v1.0.0\n3log v0.4.0\n1c v2.0.0\n2a v1.0.0 (*)\n";
        let planted = Graph::of_tree(printed);
        assert!(planted.knows("sealed-pay-paillier"));
        let purity = laws::BY_ITSELF.first().unwrap();
        assert_eq!(planted.breaches_of_reach(purity), ["sealed-pay-paillier -> a -> b -> log"]);
        assert_eq!(planted.way("c", "b"), Some(["c", "a", "b"].map(str::to_owned).to_vec()));
    }

    #[test]
    fn a_lawful_graph_and_a_circle_through_tests_are_quiet() {
        let lawful = graph(&[
            ("sealed-pay-data-server", "sealed-pay-paillier"),
            ("sealed-pay-computation-server", "sealed-pay-paillier-keys"),
            ("sealed-pay-paillier-keys", "sealed-pay-paillier"),
            ("a", "b"),
            ("b", "a"),
        ]);
        assert!(reach_breaches(&lawful).is_empty());
        assert_eq!(lawful.way("a", "c"), None);
    }

    #[test]
    fn every_law_on_manifests_catches_what_it_forbids() {
        for law in laws::DIRECT {
            for what in law.what {
                let mut planted = graph(&[("sealed-pay-survey", what)]);
                assert_eq!(planted.breaches_of_direct(law).len(), 1);
                planted.listed = [("sealed-pay-survey".to_owned(), (*what).to_owned(), true)].into();
                assert_eq!(planted.breaches_of_direct(law).is_empty(), law.tests_may);
                let allowed = law.only.iter().map(|who| (*who, *what)).collect::<Vec<_>>();
                assert!(graph(&allowed).breaches_of_direct(law).is_empty());
            }
        }
    }

    #[test]
    fn a_misspelt_crate_in_a_law_and_an_armed_build_are_breaches() {
        let mut empty = Graph::default();
        assert!(empty.unknown_names().contains(&"no crate is called sealed-pay-paillier-keys".to_owned()));
        empty.members = ["sealed-pay-paillier-keys".to_owned()].into();
        assert!(!empty.unknown_names().contains(&"no crate is called sealed-pay-paillier-keys".to_owned()));
        empty.armed = vec!["sealed-pay-server-kit".to_owned()];
        assert_eq!(empty.armed_fail_points(), ["sealed-pay-server-kit is built with fail-points"]);
    }
}
