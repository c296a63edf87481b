// A worker with no module beside it.
import init, { serveWorker } from "/wasm-bindgen-test.js";
await init({ module_or_path: new URL("/wasm-bindgen-test_bg.wasm", location.origin) });
serveWorker(new URL("/tests/workers/lonely", location.origin).href);
