// A worker whose module beside it is watched and made to lie.
import { watch } from "./watched.js";
import init, { serveWorker } from "/wasm-bindgen-test.js";
watch({ lies: true });
await init({ module_or_path: new URL("/wasm-bindgen-test_bg.wasm", location.origin) });
serveWorker(new URL("/tests/workers", location.origin).href);
