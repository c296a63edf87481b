// The first thing that runs: takes what stands behind # out of the address, where an invitation's secret is, so
// that it is in no history, no message of the browser and over nobody's shoulder. The page's program gets it once.
{
  let fragment = location.hash;
  if (fragment) history.replaceState(null, "", location.pathname);
  globalThis.takeArrival = () => {
    const taken = fragment;
    fragment = "";
    return taken;
  };
}
