//! `tidy`: the laws of the tree, checked on what is there and not on what is meant.
//!
//! [`laws`] holds all of them in tables. [`graph`] follows dependencies,
//! [`text`] reads sources. Every law has a test with a planted breach.

mod files;
mod graph;
pub(crate) mod laws;
mod text;
mod unsafe_code;

use std::path::Path;

use anyhow::Result;

use crate::test::Count;
use crate::tree;
use graph::Graph;
use laws::Reach;

/// The breaches of each law, by the law's sentence.
pub(crate) struct Summary(Vec<(String, Vec<String>)>);

impl Summary {
    pub(crate) fn passed(&self) -> bool {
        self.0.iter().all(|(_, breaches)| breaches.is_empty())
    }

    /// A law counts as one test.
    pub(crate) fn count(&self) -> Count {
        let (kept, broken): (Vec<_>, Vec<_>) = self.0.iter().partition(|(_, breaches)| breaches.is_empty());
        Count { passed: kept.len() as u64, failed: broken.len() as u64, ..Count::default() }
    }
}

/// Checks every law and prints every breach.
pub(crate) fn tidy() -> Result<Summary> {
    let mut checked = Vec::new();
    for platform in [None, Some(laws::NATIVE), Some(laws::WEB)] {
        let graph = Graph::of(&tree::resolved(platform)?);
        checked.extend(graph_laws(&graph, platform));
    }
    for law in laws::BY_ITSELF {
        checked.push((law.sentence.to_owned(), breaches_by_itself(law)?));
    }
    checked.extend(text_laws(&tree::root())?);
    for (law, breaches) in &checked {
        println!("{} {law}", if breaches.is_empty() { "kept  " } else { "BROKEN" });
        breaches.iter().for_each(|breach| println!("         {breach}"));
    }
    Ok(Summary(checked))
}

fn graph_laws(graph: &Graph, platform: Option<&str>) -> Vec<(String, Vec<String>)> {
    let on = platform.unwrap_or("all platforms together");
    let mut checked = vec![(format!("every law names crates that exist ({on})"), graph.unknown_names())];
    for law in laws::REACH.iter().filter(|law| law.platform.is_none() || law.platform == platform) {
        checked.push((format!("{} ({on})", law.sentence), graph.breaches_of_reach(law)));
    }
    for law in laws::DIRECT {
        checked.push((format!("{} ({on})", law.sentence), graph.breaches_of_direct(law)));
    }
    checked.push((format!("no ordinary build can be made to kill itself ({on})"), graph.armed_fail_points()));
    checked
}

/// Each crate of a law by itself, with its own features.
fn breaches_by_itself(law: &Reach) -> Result<Vec<String>> {
    let mut breaches = Vec::new();
    for name in law.who {
        let graph = Graph::of_tree(&tree::printed(name, law.platform)?);
        if !graph.knows(name) {
            breaches.push(format!("the dependencies of {name} cannot be read"));
        }
        breaches.extend(graph.breaches_of_reach(law));
    }
    breaches.sort();
    breaches.dedup();
    Ok(breaches)
}

fn text_laws(root: &Path) -> Result<Vec<(String, Vec<String>)>> {
    let files = files::all(root)?;
    let mut checked: Vec<_> = text::RULES.iter().map(|rule| (rule.sentence.to_owned(), Vec::new())).collect();
    for file in &files {
        for ((_, breaches), rule) in checked.iter_mut().zip(text::RULES) {
            breaches.extend((rule.breaches)(file).into_iter().map(|what| format!("{}: {what}", file.path)));
        }
    }
    let unused = [text::unused_exceptions(&files), unsafe_code::unused(&files)].concat();
    checked.push(("every exception is still needed".to_owned(), unused));
    Ok(checked)
}
