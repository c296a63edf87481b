// Loads the page's programs. The start's comes first, at every address; where it leads on, from the sign-in or from a
// survey's terms, the one with everything else comes meanwhile.
const start = document.getElementById("begin").dataset;
const next = "survey";
// What went wrong is on the console; what to do is said by unsupported.js.
const failed = (error) => {
  console.error(error);
  dispatchEvent(new Event("sealed-pay-not-started"));
};
// Both at once: neither waits for the other.
const fetched = fetch(start.program);
fetched.catch(() => undefined);

const compile = async (address) => {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return WebAssembly.compile(await answer.arrayBuffer());
};
let attempts = 0;
const load = () => {
  // A browser may remember that a script did not come; by another address it is asked for again.
  const again = attempts++ ? `?${attempts}` : "";
  return Promise.all([import(`/${next}.js${again}`), compile(`/${next}_bg.wasm`)]);
};
let coming;
// Loads what comes next, once; after a failure, once more.
globalThis.nextLoaded = () => {
  if (!coming) {
    coming = load();
    coming.catch(() => (coming = undefined));
  }
  return coming;
};
globalThis.beginNext = async (handed) => {
  globalThis.takeHanded = () => {
    const taken = handed;
    handed = undefined;
    return taken;
  };
  try {
    const [{ default: init }, program] = await nextLoaded();
    await init({ module_or_path: program });
  } catch (error) {
    failed(error);
  }
};

try {
  const { default: init } = await import(start.script);
  await init({ module_or_path: fetched });
  // Organizers type their sign-in now. For reporters the program that shows the terms asks for it.
  if (/^\/organize(\/|$)/.test(location.pathname)) nextLoaded();
} catch (error) {
  failed(error);
}
