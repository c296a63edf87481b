// Dies of an error at its second job; whoever takes its place does too.
import init, { serveWorker } from "/wasm-bindgen-test.js";
// The harness starts workers from a blob, which has an origin and no path.
await init({ module_or_path: new URL("/wasm-bindgen-test_bg.wasm", location.origin) });
let jobs = 0;
addEventListener("message", (message) => {
  jobs += message.data[0] === 1;
  if (jobs === 2) {
    message.stopImmediatePropagation();
    throw new Error("died as planned");
  }
});
serveWorker(new URL("/tests/workers", location.origin).href);
