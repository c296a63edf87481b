// Called by the loader of the page's program.
export default () => ({
  onFailure: () => dispatchEvent(new Event("sealed-pay-not-started")),
});
