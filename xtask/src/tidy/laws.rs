//! The laws, as tables. To change a law is to change this file.

/// Where the servers and the command run.
pub(crate) const NATIVE: &str = "x86_64-unknown-linux-gnu";
/// Where the page's crates run.
pub(crate) const WEB: &str = "wasm32-unknown-unknown";

/// "Whoever of `who` is built must not contain any of `never`."
pub(crate) struct Reach {
    pub(crate) sentence: &'static str,
    pub(crate) who: &'static [&'static str],
    pub(crate) never: &'static [&'static str],
    /// Checked on this platform only; `None`: on every one.
    pub(crate) platform: Option<&'static str>,
}

/// "Only `only` may list any of `what` in their own manifest."
pub(crate) struct Direct {
    pub(crate) sentence: &'static str,
    pub(crate) what: &'static [&'static str],
    pub(crate) only: &'static [&'static str],
    /// Whether anybody may list it for tests.
    pub(crate) tests_may: bool,
}

/// What opens ciphertexts, and what helps tests to.
const DECRYPTION: &[&str] =
    &["sealed-pay-paillier-keys", "sealed-pay-known-answers", "sealed-pay-test-support"];

/// Crates that talk to the world outside of the process, or write it down.
const WORLD: &[&str] = &[
    "actix-http",
    "actix-web",
    "anyhow",
    "async-std",
    "axum",
    "clap",
    "curl",
    "env_logger",
    "fastrand",
    "getrandom",
    "hyper",
    "js-sys",
    "libsqlite3-sys",
    "log",
    "mio",
    "rand",
    "reqwest",
    "rusqlite",
    "rustls",
    "serde",
    "serde_core",
    "serde_json",
    "smol",
    "socket2",
    "sqlx",
    "tokio",
    "tracing",
    "ureq",
    "wasm-bindgen",
    "web-sys",
    "web-time",
];

/// Transitive laws: normal and build dependencies, with the features that are on.
pub(crate) const REACH: &[Reach] = &[
    Reach {
        sentence: "the data server cannot decrypt",
        who: &["sealed-pay-data-server"],
        never: DECRYPTION,
        platform: None,
    },
    Reach {
        sentence: "what runs in a browser cannot decrypt",
        who: WEB_CRATES,
        never: DECRYPTION,
        platform: None,
    },
    Reach {
        sentence: "commitments know no Paillier and no pay",
        who: &["sealed-pay-commitments"],
        never: &["sealed-pay-paillier", "sealed-pay-packproof", "sealed-pay-survey"],
        platform: None,
    },
    Reach {
        sentence: "a proof is about numbers: it knows no pay, no messages, no servers",
        who: &["sealed-pay-packproof"],
        never: &["sealed-pay-survey", "sealed-pay-statistics", "sealed-pay-payfile", "sealed-pay-protocol"],
        platform: None,
    },
    Reach {
        sentence: "whoever checks a result needs no server",
        who: &["sealed-pay-audit"],
        never: &["sealed-pay-data-server", "sealed-pay-computation-server", "sealed-pay-server-kit"],
        platform: None,
    },
    Reach {
        sentence: "no server is built with what is there for tests",
        who: &["sealed-pay-data-server", "sealed-pay-computation-server", "sealed-pay-cli"],
        never: &["sealed-pay-known-answers", "sealed-pay-test-support"],
        platform: None,
    },
    Reach {
        sentence: "HTTP/2 of the vulnerable line is in no server",
        who: &["sealed-pay-server-kit"],
        never: &["h2"],
        platform: Some(NATIVE),
    },
];

/// Laws that hold for each crate as it is built by itself: what other crates of the workspace turn on in a
/// shared library is not its own.
pub(crate) const BY_ITSELF: &[Reach] = &[
    Reach {
        sentence: "cryptography knows no input, output, logs or formats",
        who: PURE_CRATES,
        never: WORLD,
        platform: None,
    },
    // tokio's channels open nothing; its sockets come with mio.
    Reach {
        sentence: "what runs in a browser opens no socket of its own",
        who: WEB_CRATES,
        never: &["mio", "socket2", "actix-web", "reqwest", "sqlx", "rusqlite"],
        platform: Some(WEB),
    },
];

/// Crates that are compiled for the page.
pub(crate) const WEB_CRATES: &[&str] = &[
    "sealed-pay-survey",
    "sealed-pay-statistics",
    "sealed-pay-payfile",
    "sealed-pay-packproof",
    "sealed-pay-protocol",
    "sealed-pay-reporter",
    "sealed-pay-organizer",
    "sealed-pay-audit",
    "sealed-pay-client-wasm",
    "sealed-pay-frontend",
];

/// Crates without the standard library.
pub(crate) const PURE_CRATES: &[&str] = &[
    "sealed-pay-kernels",
    "sealed-pay-paillier",
    "sealed-pay-paillier-keys",
    "sealed-pay-commitments",
    "sealed-pay-packproof",
    "sealed-pay-vault",
];

/// The folders of [`PURE_CRATES`].
pub(crate) const PURE_FOLDERS: &[&str] = &[
    "crates/kernels/",
    "crates/paillier/",
    "crates/paillier-keys/",
    "crates/commitments/",
    "crates/packproof/",
    "crates/vault/",
];

/// Laws on what a manifest may list.
pub(crate) const DIRECT: &[Direct] = &[
    // What a manifest lists counts, also if it is optional or has another name there: nobody can turn it on.
    Direct {
        sentence: "the secret half is listed by the key holder and by what plays or measures it alone",
        what: &["sealed-pay-paillier-keys"],
        only: &[
            "sealed-pay-computation-server",
            "sealed-pay-known-answers",
            "sealed-pay-test-support",
            "sealed-pay-rehearsal",
            "sealed-pay-bench",
            "sealed-pay-e2e",
        ],
        tests_may: true,
    },
    Direct {
        sentence: "the web framework is listed by the servers alone",
        what: &["actix-web", "actix-http", "actix-service"],
        only: &[
            "sealed-pay-server-kit",
            "sealed-pay-data-server",
            "sealed-pay-computation-server",
            "sealed-pay-page-server",
        ],
        tests_may: false,
    },
    Direct {
        sentence: "only tests, their tools and the stories name test aids",
        what: &["sealed-pay-known-answers", "sealed-pay-test-support"],
        only: &["sealed-pay-xtask", "sealed-pay-e2e", "sealed-pay-bench"],
        tests_may: true,
    },
    Direct {
        sentence: "the database is named by the stores alone",
        what: &["sqlx", "rusqlite", "libsqlite3-sys"],
        // The stories search dumps of both databases for what must not be in them.
        only: &[
            "sealed-pay-sqlite",
            "sealed-pay-data-server",
            "sealed-pay-computation-server",
            "sealed-pay-e2e",
        ],
        tests_may: false,
    },
    Direct {
        sentence: "the browser is named by the page's two outermost crates alone",
        what: &["web-sys", "js-sys", "wasm-bindgen"],
        only: &["sealed-pay-client-wasm", "sealed-pay-frontend"],
        tests_may: false,
    },
];

/// Where words that belong to one room may stand: `(words, places)`.
/// A place is the beginning of a path, or `*` and its end, or `*/part/` for any folder of that name.
pub(crate) const WORDS: &[(&[&str], &[&str])] = &[
    (&["sqlx::"], &["servers/sqlite/", "*/store.rs", "*/store/*", "e2e/"]),
    (
        &["actix_web::", "actix_web ", "actix_http::"],
        &["servers/kit/", "*/startup.rs", "*/http.rs", "*/http/*", "*/main.rs", "*/tests/*"],
    ),
    (&["web_sys::", "js_sys::"], &["client-wasm/", "frontend/"]),
];

/// What only the edges may do: read the time, the environment, the system's randomness.
pub(crate) const EDGE_WORDS: &[&str] = &[
    "SystemTime::now",
    "Instant::now",
    "OffsetDateTime::now",
    "Utc::now",
    "Local::now",
    "Date::now",
    "OsRng",
    "SysRng",
    "getrandom::",
    "thread_rng",
    "rand::rng(",
    "env::var",
    "env::vars",
];

/// The edges, each with its reason. An edge nobody uses any more is a breach.
pub(crate) const EDGES: &[(&str, &str)] = &[
    ("xtask/", "a tool that people start by hand"),
    ("bench/", "measures how long things take"),
    ("frontend/src/services/clock.rs", "this is the page's clock, handed to everything from here"),
    ("client-wasm/src/randomness.rs", "this is the randomness everything in the page is handed"),
    ("servers/kit/src/clock.rs", "this is the clock everybody else is handed"),
    ("servers/kit/src/logging.rs", "measures how long a request took"),
    ("servers/kit/src/body.rs", "measures how long a body takes to arrive"),
    ("servers/data-server/src/randomness.rs", "the system's randomness, handed to everything from here"),
    ("servers/computation-server/src/randomness.rs", "the system's randomness, handed on from here"),
    ("crates/rehearsal/src/randomness.rs", "a rehearsal is a program of its own, with its own edge"),
    ("servers/kit/src/fail.rs", "fail points are planted through the environment, never in a release"),
];

/// Edges by the end of their path: outermost files of programs, and the stories.
pub(crate) const EDGE_PLACES: &[&str] = &["*/main.rs", "cli/", "e2e/", "*/tests/*", "*/benches/*", "fuzz/"];

/// Where `unsafe` may stand: the file, the lines that may say it (`None`: any), and the reason. Names that a program of
/// another kind finds in a module are declared unsafe because two of them could clash; no block comes with that.
pub(crate) const UNSAFE: &[(&str, Option<&[&str]>, &str)] = &[
    ("crates/kernels/src/vector.rs", None, "loads, stores and calls of AVX512 instructions"),
    (
        "client-wasm/wide/src/lib.rs",
        Some(&[EXPORTED]),
        "what a worker calls in the module with wide arithmetic",
    ),
    ("bench/wasm/src/lib.rs", Some(&[EXPORTED]), "what the benchmark's page calls"),
    ("bench/wasm/src/proof.rs", Some(&[EXPORTED]), "what the benchmark's page calls"),
    ("bench/wasm/src/wide.rs", Some(&[EXPORTED, IMPORTED]), "what the benchmark's page calls, and gives"),
];
const EXPORTED: &str = "#[unsafe(no_mangle)]";
const IMPORTED: &str = "unsafe extern \"C\" {";

/// Where bytes may become a value by `Deserialize`, each with its reason.
pub(crate) const WIRE_PLACES: &[(&str, &str)] = &[
    ("crates/protocol/", "wire twins, each with its `admit`"),
    ("crates/audit/src/strict.rs", "any JSON, to see that no field stands twice; it becomes wire twins"),
    ("crates/known-answers/", "numbers from other programs, checked one by one"),
    ("crates/reporter/src/state.rs", "the reporter's own file; its statements are admitted when used"),
    ("crates/reporter/src/checked_receipt.rs", "the kept twin of a receipt; `CheckedReceipt` has no serde"),
    ("crates/organizer/src/state.rs", "the organizer's own file; nothing in it is trusted from elsewhere"),
    ("crates/organizer/src/plan.rs", "the organizer's own words; a manifest made of them is admitted"),
    ("crates/organizer/src/invitations.rs", "the organizer's own list, part of the same file"),
    ("frontend/src/state/plan_form.rs", "a draft of the organizer's own words; checked when they go on"),
    ("frontend/src/state/schema_form.rs", "part of the same draft"),
    (
        "crates/reporter/src/own.rs",
        "figures for the reporter's own eyes, from a page's own worker; nothing relied on",
    ),
    ("crates/payfile/", "sentences about a file, from a page's own worker; no pay, nothing relied on"),
    ("xtask/", "a tool that people start by hand"),
    ("*/config.rs", "the operator's own words"),
    ("e2e/", "reads what servers answer"),
];

/// The longest a source file may be.
pub(crate) const MAX_LINES: usize = 500;
