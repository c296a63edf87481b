// A worker of the test's own build, as a page's worker is of the page's build.
import init, { serveWorker } from "/wasm-bindgen-test.js";
// The harness starts workers from a blob, which has an origin and no path.
await init({ module_or_path: new URL("/wasm-bindgen-test_bg.wasm", location.origin) });
serveWorker(new URL("/tests/workers", location.origin).href);
