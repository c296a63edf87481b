### What went wrong, what to do, and what was not lost. Looked up by code: `trouble-…` for what happens in the
### page, `problem-…` for what a server refuses.

trouble-config = The page could not read its own settings (config.json). Reload the page; if it happens again, tell whoever runs it. Nothing was sent.
trouble-program = What comes next on this page could not be loaded. Check the network and try again; if that does not help, reload the page. Nothing was lost, and nothing was sent.
trouble-unreachable = { $host } cannot be reached. Check the network, then try again. Nothing was lost.
trouble-status = { $host } answered with status { $number } and gave no reason. Try again in a minute. Nothing was lost.
trouble-malformed = { $host } answered something that this page does not understand. Reload the page; if it happens again, tell the organizer. Nothing was lost.
trouble-url = An address of a server is not one that this page may speak to. Tell whoever runs the page. Nothing was sent.
trouble-safe = This browser does not let the page keep anything (often so in private windows). Open the page in an ordinary window, or try again. Nothing was sent.
trouble-workers-blocked = This browser does not let the page work in the background (Web Workers), often by a rule of the organization. Open the page in another browser, or use the command sealedpay. Nothing was sent.
trouble-workers-died = Work in the background broke off several times; the browser may be short of memory. Close other pages, and try again. Nothing was sent.
trouble-workers-slow = This device is too slow or too busy: work in the background did not answer for several minutes. Close other programs and pages, or use another device, and try again. Nothing was sent.
trouble-parts-differ = The parts of this page do not fit together; it was probably renewed just now. Reload it, and do the last step again. Nothing was sent.
trouble-result-untrusted = Stop: { $words }. Do not rely on this result, and tell both operators. Receipts and keys are kept.
trouble-refused = The server refused this: { $words } Try again; if it happens again, tell the organizer the code below. Nothing was lost.

## What servers refuse

problem-unknown-survey = There is no such survey at this server. Check that the link leads to the right page, and ask the organizer. Nothing was sent.
problem-survey-closed = The survey was closed before this arrived, so it was not taken. What both servers signed for earlier counts. Ask the organizer if you have questions.
problem-peer-unavailable = The data server has this, and cannot reach the computation server right now. Try again in a minute: it counts once, however often it is sent. Nothing was lost.
problem-peer-refused = The second server refused what the first one passed on. Tell the organizer the code below. Nothing was lost.
problem-too-many-requests = Too much was asked from this network in a short time. Wait a minute and try again. Nothing was lost.
problem-internal = The server failed. Try again in a minute; what it had signed for is kept. Nothing was lost.
