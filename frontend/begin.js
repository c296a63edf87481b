// Loads the program that this address needs, and no other.
const start = document.getElementById("begin").dataset;
const [script, program] =
  location.pathname.startsWith("/take-part/") ? ["/take-part.js", "/take-part_bg.wasm"]
  : location.pathname.startsWith("/organize") ? ["/organize.js", "/organize_bg.wasm"]
  : [start.script, start.program];
// Both at once: neither waits for the other.
const fetched = fetch(program);
fetched.catch(() => undefined);
try {
  const { default: init } = await import(script);
  await init({ module_or_path: fetched });
} catch (error) {
  // What went wrong is on the console; what to do is said by unsupported.js.
  console.error(error);
  dispatchEvent(new Event("sealed-pay-not-started"));
}
