//! Inputs of two classes in pairs, each pair in random order.

use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::Rng;
use test_support::seeded_rng;

/// The inputs of the first class; those of the second are fresh each time.
#[derive(Clone, Copy)]
pub(super) enum First {
    /// Drawn once.
    Drawn,
    /// All zeros: a circuit also takes less power then, and may run faster for that.
    Zero,
    /// Fresh as well: what a difference that is none looks like on this machine.
    Fresh,
}

/// Draws inputs of so many bytes.
pub(super) struct Classes {
    rng: ChaCha20Rng,
    first: First,
    drawn: Vec<u8>,
    /// The class that the present pair still lacks.
    lacking: Option<usize>,
}

/// The last two bytes of an input drawn once: as many ones as there can be, which a planted leak takes longest for.
const ENDING: [u8; 2] = [0xff; 2];

impl Classes {
    pub(super) fn new(seed: u64, bytes: usize, first: First) -> Self {
        let (mut rng, mut drawn) = (seeded_rng(seed), vec![0; bytes]);
        rng.fill_bytes(&mut drawn);
        drawn.iter_mut().rev().zip(ENDING).for_each(|(last, ending)| *last = ending);
        Self { rng, first, drawn, lacking: None }
    }

    /// A class and an input of it: by turns one drawn by lot, and the other. Both classes take the same way here.
    pub(super) fn draw(&mut self) -> (usize, Vec<u8>) {
        let class = self.class();
        let mut fresh = vec![0; self.drawn.len()];
        self.rng.fill_bytes(&mut fresh);
        match (class, self.first) {
            (0, First::Drawn) => fresh.copy_from_slice(&self.drawn),
            (0, First::Zero) => fresh.fill(0),
            _ => {}
        }
        (class, fresh)
    }

    fn class(&mut self) -> usize {
        if let Some(class) = self.lacking.take() {
            return class;
        }
        let class = usize::from(self.rng.next_u32() & 1 == 1);
        self.lacking = Some(1 - class);
        class
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pair_has_one_of_each_class_and_either_comes_first() {
        let mut classes = Classes::new(1, 8, First::Drawn);
        let pairs: Vec<_> = (0..40).map(|_| [(); 2].map(|()| classes.draw().0)).collect();
        assert!(pairs.iter().all(|pair| matches!(pair, [0, 1] | [1, 0])));
        assert!([[0, 1], [1, 0]].iter().all(|order| pairs.contains(order)));
    }
}
