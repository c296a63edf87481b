import init, { serveWorker } from "../pkg/client_wasm.js";
await init();
serveWorker();
