//! How a browser starts.

/// What the person prefers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scheme {
    /// Dark letters on a light ground.
    #[default]
    Light,
    /// The reverse.
    Dark,
}

impl Scheme {
    /// As CSS names it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

/// How a browser starts: window, preferences, further switches.
#[derive(Clone, Debug)]
pub struct Options {
    pub(crate) width: u32,
    pub(crate) height: u32,
    pub(crate) scheme: Scheme,
    pub(crate) switches: Vec<String>,
    pub(crate) records_network: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self::sized(1280, 900)
    }
}

impl Options {
    /// A window of this many CSS pixels, its frame not counted.
    #[must_use]
    pub const fn sized(width: u32, height: u32) -> Self {
        Self { width, height, scheme: Scheme::Light, switches: Vec::new(), records_network: false }
    }

    /// With this preference.
    #[must_use]
    pub const fn scheme(mut self, scheme: Scheme) -> Self {
        self.scheme = scheme;
        self
    }

    /// With a switch of the browser's command line, such as `--js-flags=…`.
    #[must_use]
    pub fn switch(mut self, switch: &str) -> Self {
        self.switches.push(switch.to_owned());
        self
    }

    /// Writes every byte that goes over the network into the browser's own log.
    #[must_use]
    pub const fn recording_network(mut self) -> Self {
        self.records_network = true;
        self
    }
}
