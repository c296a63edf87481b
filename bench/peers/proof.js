// Runs in the page that the benchmark writes: proofs, in milliseconds.
"use strict";
function measureProofs(wasmBase64, nHex, rounds) {
  const binary = Uint8Array.from(atob(wasmBase64), (c) => c.charCodeAt(0));
  if (!WebAssembly.validate(binary)) return { skipped: "this browser does not accept the module" };
  // It can also ask another module to multiply; proofs never do.
  const refuse = () => 0;
  const names = ["wide_put", "wide_take", "wide_set_up", "wide_multiply", "wide_power"];
  const imports = { env: Object.fromEntries(names.map((name) => [name, refuse])) };
  const wasm = new WebAssembly.Instance(new WebAssembly.Module(binary), imports).exports;
  const bytes = nHex.length / 2;
  // Asked for first: the module's memory may grow on that, and then its buffer is another one.
  const at = wasm.buffer();
  new Uint8Array(wasm.memory.buffer, at, bytes).set(nHex.match(/../g).map((x) => parseInt(x, 16)));
  const timed = (run) => {
    const begun = performance.now();
    if (run() === 0) throw new Error("the module cannot prove");
    return performance.now() - begun;
  };
  const fastest = (count, run) => Math.min(...Array.from({ length: count }, () => timed(run)));
  wasm.proof_open(bytes, 0);
  const figures = { prove_first: timed(() => wasm.proof_prove()) };
  figures.prove = fastest(rounds, () => wasm.proof_prove());
  figures.commit = fastest(rounds, () => wasm.proof_commit());
  figures.setting = fastest(3, () => wasm.proof_setting());
  wasm.proof_open(bytes, 1);
  figures.prove_exact = fastest(3, () => wasm.proof_prove());
  return figures;
}
