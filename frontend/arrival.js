// The first thing that runs: takes what stands behind # out of the address, where an invitation's secret is, so
// that it is not in the tab's history, no message of the browser and over nobody's shoulder. The page's program gets it once.
{
  let fragment = "";
  // The way past the header is the only other fragment, and no secret.
  const isSecret = () => location.hash !== "" && location.hash !== "#main";
  const take = () => {
    fragment = location.hash;
    history.replaceState(null, "", location.pathname);
  };
  if (isSecret()) take();
  globalThis.takeArrival = () => {
    const taken = fragment;
    fragment = "";
    return taken;
  };
  // Another link in the same tab, which for the browser is the same page.
  addEventListener("hashchange", () => {
    if (!isSecret()) return;
    take();
    dispatchEvent(new Event("sealed-pay-arrival"));
  });
  // A page that the browser kept after it was left: others may have gone on meanwhile.
  addEventListener("pageshow", (event) => {
    if (event.persisted) location.reload();
  });
}
