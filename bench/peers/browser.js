// Runs in the page that the benchmark writes: measures ours and the peers in turn.
"use strict";
function measure(wasmBase64, nHex, rounds) {
  const binary = Uint8Array.from(atob(wasmBase64), (c) => c.charCodeAt(0));
  if (!WebAssembly.validate(binary)) return { skipped: "this browser does not accept the module" };
  const wasm = new WebAssembly.Instance(new WebAssembly.Module(binary)).exports;
  const n = BigInt("0x" + nHex), bytes = nHex.length / 2;
  const memory = (at, length) => new Uint8Array(wasm.memory.buffer, at, length);
  memory(wasm.buffer(), bytes).set(nHex.match(/../g).map((x) => parseInt(x, 16)));
  if (wasm.open(bytes) !== 1) return { skipped: "the module refuses the key" };
  const length = wasm.known_product();
  const number = (index) =>
    BigInt("0x" + [...memory(wasm.buffer() + index * length, length)].map((x) => x.toString(16).padStart(2, "0")).join(""));
  if ((number(0) * number(1)) % (n * n) !== number(2)) return { skipped: "a known product is wrong" };

  const square = n * n, a = number(0), b = number(1);
  const key = new paillierBigint.PublicKey(n, n + 1n);
  // The same plaintext for all: a full block.
  const m = n >> 2n;
  const disciplines = {
    encrypt: [() => wasm.encrypt(8), 8],
    mulmod: [() => wasm.mulmod(800), 800],
    encrypt_peer: [() => key.encrypt(m), 1],
    mulmod_peer: [() => { let x = a; for (let i = 0; i < 800; i++) x = (x * b) % square; return x; }, 800],
  };
  const figures = {};
  for (const name in disciplines) figures[name] = [];
  for (let round = 0; round <= rounds; round++) {
    for (const [name, [run, count]] of Object.entries(disciplines)) {
      const begun = performance.now();
      run();
      // The first round warms up.
      if (round > 0) figures[name].push(((performance.now() - begun) * 1e6) / count);
    }
  }
  // A page knows no processor time, and the clock also counts what else the machine does: the
  // fastest round, for ours and the peers alike.
  return Object.fromEntries(Object.entries(figures).map(([name, values]) => [name, Math.min(...values)]));
}
