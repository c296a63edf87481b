//! Everybody in turn, round after round, so that a slow moment of the machine hits all.

use std::process::Command;

use anyhow::Result;
use num_bigint::BigUint;
use paillier::KeyBits;

use crate::Options;
use crate::ours::Ours;
use crate::peer::Peer;
use crate::row::Row;

/// Name, unit, nanoseconds in the unit, and the peers' word for the same thing.
type Discipline = (&'static str, &'static str, f64, &'static str);

const ENCRYPT: Discipline = ("encrypt_native", "ms", 1e6, "encrypt");
const ENCRYPT_PORTABLE: Discipline = ("encrypt_portable", "ms", 1e6, "encrypt");
const AGGREGATE: Discipline = ("aggregate_native", "us", 1e3, "aggregate");
const AGGREGATE_PORTABLE: Discipline = ("aggregate_portable", "us", 1e3, "aggregate");
const DECRYPT: Discipline = ("decrypt_native", "ms", 1e6, "decrypt");
const KEYGEN: Discipline = ("keygen", "s", 1e9, "keygen");

/// Figures of one competitor in one discipline.
#[derive(Default)]
struct Figures(Vec<f64>);

impl Figures {
    fn median(&mut self) -> Option<f64> {
        self.0.sort_by(f64::total_cmp);
        self.0.get(self.0.len() / 2).copied()
    }
}

/// Figures by discipline's or peers' word and competitor; the project's own has no name.
#[derive(Default)]
struct Board(Vec<(&'static str, Option<&'static str>, Figures)>);

impl Board {
    fn note(&mut self, what: &'static str, who: Option<&'static str>, figure: f64) {
        match self.0.iter_mut().find(|(w, p, _)| *w == what && *p == who) {
            Some((_, _, figures)) => figures.0.push(figure),
            None => self.0.push((what, who, Figures(vec![figure]))),
        }
    }

    /// One row per peer, or one without.
    fn rows(&mut self, (name, unit, scale, word): Discipline, bits: u32) -> Vec<Row> {
        let own = self.0.iter_mut().find(|(what, who, _)| *what == name && who.is_none());
        let Some(value) = own.and_then(|(_, _, figures)| figures.median()) else { return Vec::new() };
        let row = |peer| Row { name, bits, value: Some(value / scale), unit, peer };
        let peers = self.0.iter_mut().filter(|(what, who, _)| *what == word && who.is_some());
        let rows: Vec<Row> = peers
            .filter_map(|(_, who, figures)| Some(row(Some(((*who)?, figures.median()? / scale)))))
            .collect();
        if rows.is_empty() { vec![row(None)] } else { rows }
    }
}

/// Measures all disciplines and makes the rows.
pub(crate) fn run(options: &Options, bits: KeyBits) -> Result<Vec<Row>> {
    let mut ours = Ours::new(bits);
    let mut peers = start_peers(options, &ours)?;
    let mut board = Board::default();
    let portable_only = !ours.key.public().multiplies_eight_at_once();
    println!(
        "{} bits, {} rounds; eight ciphertexts at once: {}",
        bits.bits(),
        options.rounds,
        if portable_only { "no, this processor lacks AVX512-IFMA" } else { "yes" }
    );
    for _ in 0..options.rounds {
        board.note(ENCRYPT.0, None, ours.encrypt(24));
        board.note(ENCRYPT_PORTABLE.0, None, ours.encrypt_portable(12));
        board.note("encrypt", Some("num-bigint"), ours.num_bigint_encrypt(1));
        board.note(AGGREGATE.0, None, ours.aggregate(16_384)?);
        board.note(AGGREGATE_PORTABLE.0, None, ours.aggregate_portable(4096)?);
        board.note("aggregate", Some("num-bigint"), ours.num_bigint_aggregate(1000));
        board.note(DECRYPT.0, None, ours.decrypt(6)?);
        for peer in &mut peers {
            board.note("encrypt", Some(peer.name), peer.measure("encrypt", 2)?);
            board.note("aggregate", Some(peer.name), peer.measure("aggregate", 3000)?);
            board.note("decrypt", Some(peer.name), peer.measure("decrypt", 5)?);
        }
    }
    for seed in 0..options.keys {
        board.note(KEYGEN.0, None, Ours::generate(bits, seed as u64)?);
        for peer in peers.iter_mut().filter(|peer| peer.name == PYTHON) {
            board.note("keygen", Some(peer.name), peer.measure("keygen", 1)?);
        }
    }
    let all = [ENCRYPT, ENCRYPT_PORTABLE, AGGREGATE, AGGREGATE_PORTABLE, DECRYPT, KEYGEN];
    Ok(all.into_iter().flat_map(|discipline| board.rows(discipline, bits.bits())).collect())
}

const PYTHON: &str = "python-paillier";

fn start_peers(options: &Options, ours: &Ours) -> Result<Vec<Peer>> {
    // EXPOSE: keys for tests, which are public; the peers need one of the same size.
    let primes = ours.key.expose_primes();
    let [p, q] = [&primes.0, &primes.1].map(|x| BigUint::from_bytes_be(x).to_str_radix(16));
    let mut peers = Vec::new();
    if let Some(program) = &options.gmp {
        let n = ours.key.public().n().to_str_radix(16);
        peers.push(Peer::start("GMP", Command::new(program).args([&n, &p, &q]))?);
    }
    if let Some(program) = &options.python {
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/peers/python_paillier.py");
        peers.push(Peer::start(PYTHON, Command::new(program).arg(script).args([&p, &q]))?);
    }
    Ok(peers)
}
