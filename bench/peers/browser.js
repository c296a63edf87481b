// Runs in the page that the benchmark writes: measures ours and the peers in turn. With a second module it is
// that module, as workers use it, that is measured; where it cannot be, `skipped` says why.
"use strict";
const decoded = (text) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
const instance = (binary, imports) => new WebAssembly.Instance(new WebAssembly.Module(binary), imports).exports;

// What the first module imports: the second one's desk and functions.
function desk(wide, memory) {
  const words = (of, at, count) => new BigUint64Array(of.buffer, at, count);
  return {
    wide_put: (from, count, at) => words(wide.memory, wide.desk() + 8 * at, count).set(words(memory(), from, count)),
    wide_take: (to, count) => words(memory(), to, count).set(words(wide.memory, wide.desk(), count)),
    wide_set_up: (count) => wide.set_up(count),
    wide_multiply: () => wide.multiply(),
    wide_power: () => wide.power(),
  };
}

function none() {
  const refuse = () => 0;
  return { wide_put: refuse, wide_take: refuse, wide_set_up: refuse, wide_multiply: refuse, wide_power: refuse };
}

// A number as a pair in base n: little-endian words, on the desk from a pair's place on.
function putPair(wide, place, x, n, words) {
  const view = new DataView(wide.memory.buffer, wide.desk() + 16 * words * place, 16 * words);
  [x % n, x / n].forEach((half, at) => {
    for (let i = 0; i < words; i++) {
      view.setBigUint64(8 * (at * words + i), BigInt.asUintN(64, half >> BigInt(64 * i)), true);
    }
  });
}

function takePair(wide, n, words) {
  const view = new DataView(wide.memory.buffer, wide.desk(), 16 * words);
  const half = (at) => {
    let sum = 0n;
    for (let i = words - 1; i >= 0; i--) sum = (sum << 64n) + view.getBigUint64(8 * (at * words + i), true);
    return sum;
  };
  return half(0) + half(1) * n;
}

function measure(wasmBase64, wideBase64, nHex, rounds) {
  const n = BigInt("0x" + nHex), bytes = nHex.length / 2, words = bytes / 8, square = n * n;
  const figures = {};
  let wide = null;
  if (wideBase64) {
    const binary = decoded(wideBase64);
    if (WebAssembly.validate(binary)) wide = instance(binary, {});
    else figures.skipped = "this browser does not accept wide arithmetic";
  }
  const imports = { env: wide ? desk(wide, () => wasm.memory) : none() };
  const wasm = instance(decoded(wasmBase64), imports);
  const memory = (at, length) => new Uint8Array(wasm.memory.buffer, at, length);
  const putKey = () => memory(wasm.buffer(), bytes).set(nHex.match(/../g).map((x) => parseInt(x, 16)));
  putKey();
  if (wasm.open(bytes) !== 1) throw new Error("the module refuses the key");
  const length = wasm.known_product();
  const number = (index) =>
    BigInt("0x" + [...memory(wasm.buffer() + index * length, length)].map((x) => x.toString(16).padStart(2, "0")).join(""));
  const a = number(0), b = number(1);
  if ((a * b) % square !== number(2)) throw new Error("a known product is wrong");
  if (wide && wasm.wide_open() !== 1) {
    wide = null;
    figures.skipped = "the module with wide arithmetic gets wrong what is known";
  }

  const key = new paillierBigint.PublicKey(n, n + 1n);
  // A full block, which is what ours encrypts as well.
  const m = n >> 2n;
  const peers = {
    encrypt_peer: [() => key.encrypt(m), 1],
    mulmod_peer: [() => { let x = a; for (let i = 0; i < 800; i++) x = (x * b) % square; return x; }, 800],
  };
  const plain = { encrypt: [() => wasm.encrypt(8), 8], mulmod: [() => wasm.mulmod(800), 800] };
  const onDesk = () => { putPair(wide, 0, a, n, words); putPair(wide, 1, b, n, words); };
  const withWide = {
    encrypt: [() => { if (wasm.wide_encrypt(8) === 0) throw new Error("no noise"); }, 8],
    // Writing both pairs on the desk is part of it.
    mulmod: [() => { onDesk(); for (let i = 0; i < 800; i++) wide.multiply(); }, 800],
  };
  const ours = !wideBase64 ? plain : wide ? withWide : {};
  if (wide) {
    onDesk();
    wide.multiply();
    if ((takePair(wide, n, words) << BigInt(64 * words)) % square !== (a * b) % square) {
      throw new Error("a product of the module with wide arithmetic is wrong");
    }
  }
  const disciplines = Object.entries({ ...ours, ...peers });
  const all = Object.fromEntries(disciplines.map(([name]) => [name, []]));
  for (let round = 0; round <= rounds; round++) {
    for (const [name, [run, count]] of disciplines) {
      const begun = performance.now();
      run();
      // The first round warms up.
      if (round > 0) all[name].push(((performance.now() - begun) * 1e6) / count);
    }
  }
  // A page knows no processor time, and the clock also counts what else the machine does: the
  // fastest round, for ours and the peers alike.
  for (const [name, values] of Object.entries(all)) figures[name] = Math.min(...values);
  return figures;
}
