//! Who gets which job, and what becomes of the jobs of a worker that died. Knows no browser.

use crate::member::Name;
use reporter::{Job, SealedEntry};
use std::collections::{BTreeMap, VecDeque};

/// How many jobs a worker holds: the next one lies there already when one is done.
const HELD: usize = 2;

/// So many workers may be lost in all, whatever gets done in between: who loses more will not come to an end.
const MOST_LOST: usize = 100;

/// How far the sealing is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Entries that are sealed.
    pub done: usize,
    /// All entries: one for each salary, one more for each group, and padding.
    pub total: usize,
}

/// Jobs on their way. Every one is kept until its result is there.
pub(crate) struct Dispatch {
    waiting: VecDeque<Job>,
    handed: BTreeMap<u32, (Name, Job)>,
    sealed: Vec<SealedEntry>,
    total: usize,
    /// How many workers may be lost in a row, with no job done in between.
    patience: usize,
    lost_in_a_row: usize,
    lost_in_all: usize,
}

impl Dispatch {
    pub(crate) fn new(jobs: Vec<Job>, patience: usize) -> Self {
        let total = jobs.len();
        Self {
            waiting: jobs.into(),
            handed: BTreeMap::new(),
            sealed: Vec::with_capacity(total),
            total,
            patience,
            lost_in_a_row: 0,
            lost_in_all: 0,
        }
    }

    /// The next job for a worker, if it has room for one and there is one.
    pub(crate) fn next_for(&mut self, worker: Name) -> Option<&Job> {
        if self.held_by(worker) >= HELD {
            return None;
        }
        let job = self.waiting.pop_front()?;
        let (_, job) = self.handed.entry(job.id()).or_insert((worker, job));
        Some(job)
    }

    fn held_by(&self, worker: Name) -> usize {
        self.handed.values().filter(|(holder, _)| *holder == worker).count()
    }

    /// Whether a worker has anything to do.
    pub(crate) fn is_busy(&self, worker: Name) -> bool {
        self.held_by(worker) > 0
    }

    /// Takes a result, if it is of a job that this worker holds.
    pub(crate) fn sealed(&mut self, worker: Name, entry: SealedEntry) {
        if self.handed.get(&entry.id).is_some_and(|(holder, _)| *holder == worker) {
            self.handed.remove(&entry.id);
            self.sealed.push(entry);
            self.lost_in_a_row = 0;
        }
    }

    /// A worker died: its jobs are done by others. Says whether another worker may take its place.
    pub(crate) fn lost(&mut self, worker: Name) -> bool {
        let theirs: Vec<u32> =
            self.handed.iter().filter(|(_, (holder, _))| *holder == worker).map(|(id, _)| *id).collect();
        for id in theirs {
            self.waiting.extend(self.handed.remove(&id).map(|(_, job)| job));
        }
        self.lost_in_a_row += 1;
        self.lost_in_all += 1;
        self.lost_in_a_row <= self.patience && self.lost_in_all <= MOST_LOST
    }

    pub(crate) fn progress(&self) -> Progress {
        Progress { done: self.sealed.len(), total: self.total }
    }

    pub(crate) fn is_done(&self) -> bool {
        self.sealed.len() == self.total
    }

    pub(crate) fn into_sealed(self) -> Vec<SealedEntry> {
        self.sealed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn jobs(count: u32) -> Vec<Job> {
        (0..count).map(|id| Job::from_bytes(&[&id.to_be_bytes()[..], &[1]].concat(), 1).unwrap()).collect()
    }

    fn done(id: u32) -> SealedEntry {
        SealedEntry { id, bytes: vec![0], spent: zeroize::Zeroizing::new(vec![0]) }
    }

    /// Hands out as much as a worker takes; which jobs.
    fn load(dispatch: &mut Dispatch, worker: Name) -> Vec<u32> {
        std::iter::from_fn(|| dispatch.next_for(worker).map(Job::id)).collect()
    }

    #[test]
    fn every_job_is_done_once_although_a_worker_dies() {
        let mut dispatch = Dispatch::new(jobs(5), 3);
        assert_eq!(load(&mut dispatch, 0), [0, 1]);
        assert_eq!(load(&mut dispatch, 1), [2, 3]);
        dispatch.sealed(1, done(2));
        assert!(dispatch.lost(0));
        assert!(!dispatch.is_busy(0));
        for _ in 0..3 {
            load(&mut dispatch, 1).into_iter().for_each(drop);
            let held: Vec<u32> = dispatch.handed.keys().copied().collect();
            held.into_iter().for_each(|id| dispatch.sealed(1, done(id)));
        }
        assert!(dispatch.is_done());
        assert_eq!(dispatch.progress(), Progress { done: 5, total: 5 });
        let mut ids: Vec<u32> = dispatch.into_sealed().iter().map(|entry| entry.id).collect();
        ids.sort_unstable();
        assert_eq!(ids, [0, 1, 2, 3, 4]);
    }

    #[test]
    fn a_late_or_doubled_result_changes_nothing() {
        let mut dispatch = Dispatch::new(jobs(1), 3);
        load(&mut dispatch, 0);
        dispatch.lost(0);
        dispatch.sealed(0, done(0));
        assert_eq!(dispatch.progress().done, 0);
        load(&mut dispatch, 1);
        dispatch.sealed(1, done(0));
        dispatch.sealed(1, done(0));
        assert_eq!(dispatch.progress(), Progress { done: 1, total: 1 });
    }

    #[test]
    fn patience_with_dying_workers_ends_unless_something_gets_done() {
        let mut dispatch = Dispatch::new(jobs(2), 2);
        assert!(dispatch.lost(0) && dispatch.lost(1));
        load(&mut dispatch, 2);
        dispatch.sealed(2, done(0));
        assert!(dispatch.lost(2) && dispatch.lost(3));
        assert!(!dispatch.lost(4));
    }

    #[test]
    fn patience_with_dying_workers_ends_even_if_each_gets_something_done() {
        let mut dispatch = Dispatch::new(jobs(200), 2);
        let mut lost = 0;
        loop {
            let job = load(&mut dispatch, lost)[0];
            dispatch.sealed(lost, done(job));
            lost += 1;
            if !dispatch.lost(lost - 1) {
                break;
            }
        }
        assert_eq!(lost, MOST_LOST + 1);
        assert!(!dispatch.is_done());
    }
}
