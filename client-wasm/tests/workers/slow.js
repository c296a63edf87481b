// Is so slow at first that it is taken for dead once; whoever takes its place is as slow.
import init, { serveWorker } from "/wasm-bindgen-test.js";
await init({ module_or_path: new URL("/wasm-bindgen-test_bg.wasm", location.origin) });
await new Promise((done) => setTimeout(done, 1500));
serveWorker(new URL("/tests/workers", location.origin).href);
