import init, { Reporter, checkSurvey, readPayFile } from "../pkg/client_wasm.js";

const said = document.getElementById("said");
const say = (text) => (said.textContent = text);

/** Everything needed to go on after a crash. A real page keeps it encrypted, or in a file. */
const kept = {};

async function takePart(fields, signal) {
  const survey = await checkSurvey(fields.get("server"), fields.get("link"));
  const bytes = new Uint8Array(await fields.get("file").arrayBuffer());
  const file = readPayFile(survey, bytes, fields.get("compare"), fields.get("measure"));
  const what = `${file.rows} people, in “${survey.manifest.title}”`;
  if (!confirm(`Take part with ${what}?`)) return "Nothing was sent.";

  const reporter = Reporter.begin(survey);
  kept.state = reporter.state;
  await reporter.enrol();
  kept.state = reporter.state;
  const progress = document.getElementById("progress");
  const onProgress = (done, total) => {
    progress.max = total;
    progress.value = done;
    say(`${done.toLocaleString()} of ${total.toLocaleString()} entries sealed`);
  };
  const sealed = await reporter.seal(file, { workerUrl: "worker.js", signal, onProgress });
  kept.state = sealed.receiptState;
  kept.submission = sealed.submissionBytes;
  const receipt = await reporter.submit(sealed.submissionBytes);
  kept.state = receipt.receiptState;
  return `Done. Receipt ${receipt.code}, version ${receipt.version}.`;
}

try {
  await init();
} catch {
  say("This browser may not run the page's program (WebAssembly). Nothing was sent.");
  throw new Error("WebAssembly is blocked");
}

document.getElementById("form").addEventListener("submit", async (event) => {
  event.preventDefault();
  const stop = new AbortController();
  document.getElementById("cancel").onclick = () => stop.abort();
  try {
    say(await takePart(new FormData(event.target), stop.signal));
  } catch (error) {
    const rows = (error.problems ?? []).map((problem) => problem.message);
    say([error.message, ...rows].join(" "));
  }
});
