//! From a manifest as received to one that can be relied on.

use crate::address::Address;
use crate::{Hex, KeyRefusal, Manifest, Validity, VerifiedKey, VerifyingKey, canonical, key_statement};
use survey::{
    Capacity, CapacityRefusal, Label, LabelRefusal, Layout, LayoutRefusal, Schema, SchemaRefusal, Thresholds,
    ThresholdsRefusal,
};

/// Why a manifest is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ManifestRefusal {
    /// Another format or version.
    #[error("not a manifest of a known format")]
    Format,
    /// A text that is empty, too long or holds control characters.
    #[error("a text of the manifest is refused: {0}")]
    Label(#[from] LabelRefusal),
    /// Statistics of a measure that are doubled, or in another order than the protocol's.
    #[error("the statistics of a measure are doubled or out of order")]
    Shape,
    /// A snapshot date that is none.
    #[error("the snapshot date is not a day, written as in 2026-04-05")]
    Date,
    /// What is asked.
    #[error("the schema is refused: {0}")]
    Schema(#[from] SchemaRefusal),
    /// How much may be answered.
    #[error("the capacity is refused: {0}")]
    Capacity(#[from] CapacityRefusal),
    /// Minimum numbers.
    #[error("the thresholds are refused: {0}")]
    Thresholds(#[from] ThresholdsRefusal),
    /// What does not fit into ciphertexts.
    #[error("the layout is refused: {0}")]
    Layout(#[from] LayoutRefusal),
    /// A signing key.
    #[error("a signing key is refused: {0}")]
    Key(#[from] KeyRefusal),
    /// One key in two places.
    #[error("two parties have the same key")]
    SharedKey,
    /// Not a Paillier key, or its proof does not hold.
    #[error("the Paillier key is refused")]
    Paillier,
    /// The computation server did not say that this is the key of this survey.
    #[error("the Paillier key was not made for this survey")]
    ForeignPaillierKey,
    /// Closes before it may close, tolerates the loss of more than a tenth, or asks for more reporters than
    /// it takes.
    #[error("the closing times, the tolerated losses or the minimum numbers contradict the rest")]
    Rules,
    /// An address that is none.
    #[error("an address of a server is refused")]
    Url,
}

/// A manifest in which every rule holds, with what follows from it; the Paillier key alone was not looked at. It
/// can be shown: whoever takes part needs an [`AdmittedManifest`].
#[derive(Clone, Debug)]
pub struct UnprovenManifest {
    manifest: Manifest,
    fingerprint: Hex<32>,
    schema: Schema,
    thresholds: Thresholds,
    layout: Layout,
    organizer: VerifyingKey,
    data_server: VerifyingKey,
    computation_server: VerifyingKey,
}

/// A manifest in which every rule holds, with what follows from it.
#[derive(Clone, Debug)]
pub struct AdmittedManifest {
    rest: UnprovenManifest,
    paillier: VerifiedKey,
}

impl Manifest {
    /// Checks everything that can be checked without knowing the servers' keys from elsewhere.
    ///
    /// # Errors
    /// [`ManifestRefusal`] names the first rule that does not hold.
    pub fn admit(self) -> Result<AdmittedManifest, ManifestRefusal> {
        let rest = self.admit_unproven()?;
        let verified = rest.manifest.paillier.verify(&rest.manifest.survey)?;
        rest.prove(verified)
    }

    /// Checks the same, but takes a finding about the Paillier key that was made before: what is left is
    /// quick.
    ///
    /// # Errors
    /// As [`Manifest::admit`]; [`ManifestRefusal::Paillier`] also if the finding is about another key.
    pub fn admit_with(self, verified: VerifiedKey) -> Result<AdmittedManifest, ManifestRefusal> {
        self.admit_unproven()?.prove(verified)
    }

    /// Checks everything but the Paillier key, which needs arithmetic with large numbers: the computation server's
    /// word on it is checked here, what the key is and its proof are not.
    ///
    /// # Errors
    /// As [`Manifest::admit`].
    pub fn admit_unproven(self) -> Result<UnprovenManifest, ManifestRefusal> {
        self.check_but_paillier()?;
        let server = VerifyingKey::admit(self.computation_server.signing_key)?;
        let key = &self.paillier;
        key_statement::verify(&server, &self.survey, &key.n.0, &key.signature)
            .map_err(|_| ManifestRefusal::ForeignPaillierKey)?;
        self.assemble()
    }

    /// What follows from a manifest, whatever holds of its rules, of the proof of its key and of the word on it:
    /// for verifiers, which name what does not hold. Nobody else takes it for [`Manifest::admit`].
    ///
    /// # Errors
    /// [`ManifestRefusal`] where nothing follows: there is no schema, layout, or key.
    pub fn assume(self) -> Result<AdmittedManifest, ManifestRefusal> {
        let paillier = VerifiedKey::assume(&self.paillier, &self.survey)?;
        self.assemble()?.prove(paillier)
    }

    /// Checks every rule of a manifest but those about the Paillier key.
    ///
    /// # Errors
    /// [`ManifestRefusal`] names the first rule that does not hold.
    pub fn check_but_paillier(&self) -> Result<(), ManifestRefusal> {
        if self.format != Self::FORMAT {
            return Err(ManifestRefusal::Format);
        }
        self.check_rules()?;
        let admit = VerifyingKey::admit;
        let organizer = admit(self.organizer_key)?;
        let (data, computation) =
            (admit(self.data_server.signing_key)?, admit(self.computation_server.signing_key)?);
        if organizer == data || organizer == computation || data == computation {
            return Err(ManifestRefusal::SharedKey);
        }
        Ok(())
    }

    fn assemble(self) -> Result<UnprovenManifest, ManifestRefusal> {
        let schema = self.schema_wire().admit()?;
        let wire = self.thresholds;
        let thresholds =
            Thresholds::new(wire.min_reporters, wire.min_cell_reporters, wire.min_cell_employees)?;
        let organizer = VerifyingKey::admit(self.organizer_key)?;
        let data_server = VerifyingKey::admit(self.data_server.signing_key)?;
        let computation_server = VerifyingKey::admit(self.computation_server.signing_key)?;
        let usable = self.paillier.size()?.usable_bits();
        let layout = Layout::new(&schema, self.capacity()?, usable)?;
        let fingerprint = self.fingerprint();
        Ok(UnprovenManifest {
            manifest: self,
            fingerprint,
            schema,
            thresholds,
            layout,
            organizer,
            data_server,
            computation_server,
        })
    }

    /// Checks every rule that needs neither keys nor signatures, for a key with so many usable bits: what can
    /// be known before there is a draft.
    ///
    /// # Errors
    /// [`ManifestRefusal`] names the first rule that does not hold.
    pub fn check_plan(&self, usable_bits: u32) -> Result<(), ManifestRefusal> {
        self.check_rules()?;
        let wire = self.thresholds;
        Thresholds::new(wire.min_reporters, wire.min_cell_reporters, wire.min_cell_employees)?;
        Layout::new(&self.schema_wire().admit()?, self.capacity()?, usable_bits)?;
        Ok(())
    }

    fn check_rules(&self) -> Result<(), ManifestRefusal> {
        for text in [&self.title, &self.contact, &self.period] {
            Label::parse(text)?;
        }
        if self.purpose.chars().count() > 2000 {
            return Err(LabelRefusal::TooLong.into());
        }
        let wanted = self.thresholds.min_reporters.max(self.thresholds.min_cell_reporters);
        if self.closes_at <= self.closes_not_before
            || self.closes_at > canonical::MAX_INTEGER
            || self.max_missing > self.max_reporters / 10
            || wanted > self.max_reporters
        {
            return Err(ManifestRefusal::Rules);
        }
        for server in [&self.data_server, &self.computation_server] {
            Label::parse(&server.operator)?;
            if Address::parse(&server.url).is_none() || server.url.ends_with('/') {
                return Err(ManifestRefusal::Url);
            }
        }
        Ok(())
    }

    fn capacity(&self) -> Result<Capacity, ManifestRefusal> {
        Ok(Capacity::new(self.granularity.into(), self.max_reporters, self.max_employees_per_reporter)?)
    }
}

impl UnprovenManifest {
    /// Takes a finding about the Paillier key.
    ///
    /// # Errors
    /// [`ManifestRefusal::Paillier`] if it is about another key.
    pub fn prove(self, verified: VerifiedKey) -> Result<AdmittedManifest, ManifestRefusal> {
        if verified.is_about(&self.manifest.paillier, &self.manifest.survey) {
            Ok(AdmittedManifest { rest: self, paillier: verified })
        } else {
            Err(ManifestRefusal::Paillier)
        }
    }

    /// The manifest as it was signed.
    #[must_use]
    pub const fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// Its fingerprint.
    #[must_use]
    pub const fn fingerprint(&self) -> &Hex<32> {
        &self.fingerprint
    }

    /// Who gives orders.
    #[must_use]
    pub const fn organizer(&self) -> &VerifyingKey {
        &self.organizer
    }

    /// The data server's signing key.
    #[must_use]
    pub const fn data_server(&self) -> &VerifyingKey {
        &self.data_server
    }

    /// The computation server's signing key.
    #[must_use]
    pub const fn computation_server(&self) -> &VerifyingKey {
        &self.computation_server
    }
}

impl AdmittedManifest {
    /// The manifest as it was signed.
    #[must_use]
    pub const fn manifest(&self) -> &Manifest {
        &self.rest.manifest
    }

    /// Its fingerprint.
    #[must_use]
    pub const fn fingerprint(&self) -> &Hex<32> {
        &self.rest.fingerprint
    }

    /// What is asked.
    #[must_use]
    pub const fn schema(&self) -> &Schema {
        &self.rest.schema
    }

    /// Minimum numbers.
    #[must_use]
    pub const fn thresholds(&self) -> Thresholds {
        self.rest.thresholds
    }

    /// Where every slot stands.
    #[must_use]
    pub const fn layout(&self) -> &Layout {
        &self.rest.layout
    }

    /// The Paillier key.
    #[must_use]
    pub const fn paillier(&self) -> &paillier::PublicKey {
        self.paillier.key()
    }

    /// What was found out about it.
    #[must_use]
    pub const fn verified_key(&self) -> &VerifiedKey {
        &self.paillier
    }

    /// Who gives orders.
    #[must_use]
    pub const fn organizer(&self) -> &VerifyingKey {
        &self.rest.organizer
    }

    /// The data server's signing key.
    #[must_use]
    pub const fn data_server(&self) -> &VerifyingKey {
        &self.rest.data_server
    }

    /// The computation server's signing key.
    #[must_use]
    pub const fn computation_server(&self) -> &VerifyingKey {
        &self.rest.computation_server
    }

    /// Whether it may be opened although its submissions prove nothing: where nothing is real, or where they do
    /// prove. Verifiers look at what was opened anyhow, and say so.
    #[must_use]
    pub fn proves_enough(&self) -> bool {
        self.rest.manifest.rehearsal || self.rest.manifest.validity != Validity::None
    }

    /// Whether the window is over by itself.
    #[must_use]
    pub const fn is_over_at(&self, unix_seconds: u64) -> bool {
        unix_seconds >= self.rest.manifest.closes_at
    }
}
