// Says what is missing where the page cannot work. Runs before the page's program, and without it.
(() => {
  const canRun = () => {
    try {
      // The shortest module there is: a policy that forbids programs forbids this one.
      return new WebAssembly.Module(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0)) instanceof WebAssembly.Module;
    } catch {
      return false;
    }
  };
  const [box, starting] = ["unsupported", "starting"].map((id) => document.getElementById(id));
  const show = (missing) => {
    // A program that began before another one has cleared the page.
    if (!box.isConnected) document.body.append(box);
    for (const part of box.querySelectorAll("[data-needs]")) part.hidden = part.dataset.needs !== missing;
    box.hidden = false;
    starting.hidden = true;
  };
  const missing =
    (!canRun() && "webassembly") ||
    (typeof Worker !== "function" && "workers") ||
    (typeof globalThis.crypto?.getRandomValues !== "function" && "randomness");
  if (missing) show(missing);
  // The program did not load, or broke before it began: see begin.js.
  addEventListener("sealed-pay-not-started", () => show(missing || "program"));
})();
