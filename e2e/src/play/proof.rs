//! The proof of a submission's form, also where there is nothing true to prove.

use super::reporter::Prepared;
use super::{Played, products_of, rng};
use commitments::Point;
use packproof::{CannotProve, Setting, Statement, Witness};

impl Prepared {
    /// Proves what stands here now, if the survey asks for it: as well as it can, where it is not true.
    pub fn prove(&mut self, survey: &Played) {
        self.proof = survey.setting.as_ref().map(|setting| self.proof_of(setting, survey));
    }

    fn proof_of(&self, setting: &Setting, survey: &Played) -> Vec<u8> {
        let signed = &self.signed.statement;
        let point = |bytes: protocol::Hex<32>| Point::admit(bytes.0).expect("a point");
        let ciphertexts: Vec<_> = (self.groups.iter().zip(survey.manifest.layout().groups()))
            .flat_map(|(group, layout)| products_of(survey, &group.bytes, layout.blocks))
            .collect();
        let statement = Statement {
            context: &signed.aad(),
            commitment: point(signed.commitment),
            share_commitment: point(signed.share_commitment),
            data_share: &self.shares.data,
            ciphertexts: &ciphertexts,
            entries: self.groups.iter().map(|group| group.entries).max().expect("a group"),
        };
        let witness = Witness {
            values: &self.sums,
            computation_share: &self.shares.computation,
            check_share: &self.shares.check,
            exponents: &self.exponents,
        };
        let proof = match setting.prove(&statement, &witness, &mut rng()) {
            Err(CannotProve::Value | CannotProve::Fact | CannotProve::Range) => {
                let values: Vec<i128> = self.sums.iter().map(|sum| i128::from(*sum)).collect();
                let roots = vec![0; 3 * setting.shape().ranges().len()];
                setting.prove_unchecked(&statement, (&values, &roots), &witness, &mut rng())
            }
            proven => proven,
        };
        proof.expect("something that looks like a proof").into_bytes()
    }
}
