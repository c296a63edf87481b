// Loads the program that this address needs, and no other.
const start = document.getElementById("begin").dataset;
const organizes = /^\/organize(\/|$)/.test(location.pathname);
const [script, program] =
  location.pathname.startsWith("/take-part/") ? ["/take-part.js", "/take-part_bg.wasm"] : [start.script, start.program];
// What went wrong is on the console; what to do is said by unsupported.js.
const failed = (error) => {
  console.error(error);
  dispatchEvent(new Event("sealed-pay-not-started"));
};
// Both at once: neither waits for the other.
const fetched = fetch(program);
fetched.catch(() => undefined);
try {
  const { default: init } = await import(script);
  await init({ module_or_path: fetched });
} catch (error) {
  failed(error);
}
// Organizers sign in first, which the start's program asks for. Their own comes while they type.
if (organizes) {
  const content = async (address) => {
    const answer = await fetch(address);
    if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
    return answer.arrayBuffer();
  };
  const coming = Promise.all([import("/organize.js"), content("/organize_bg.wasm")]);
  coming.catch(() => undefined);
  globalThis.organizerLoaded = () => coming;
  globalThis.beginOrganizing = async (signIn) => {
    globalThis.takeSignIn = () => {
      const taken = signIn;
      signIn = "";
      return taken;
    };
    try {
      const [{ default: init }, bytes] = await coming;
      await init({ module_or_path: bytes });
    } catch (error) {
      failed(error);
    }
  };
}
