### What went wrong, what to do, and what was not lost. Looked up by code: `trouble-…` for what happens in the
### page, `problem-…` for what a server refuses.

trouble-config = The page could not read its own settings (config.json). Reload the page; if it happens again, tell whoever runs it. Nothing was sent.
trouble-unreachable = { $host } cannot be reached. Check the network, then try again. Nothing was lost.
trouble-status = { $host } answered with status { $status }, which says nothing more. Try again in a minute. Nothing was lost.
trouble-malformed = { $host } answered something this page does not understand. Reload the page; if it happens again, tell the organizer. Nothing was lost.
trouble-url = An address of a server is not one this page may speak to. Tell whoever runs the page. Nothing was sent.
trouble-safe = This browser does not let the page keep anything (often in private windows). Open the page in an ordinary window. Nothing was sent.

## A reporter's

trouble-other-tab = This survey is open in another tab of this browser. Go on there, or close it and try again here. Nothing was lost.
trouble-state = What this browser kept of this survey cannot be used here. Ask the organizer for a new invitation. Nothing was sent now.
trouble-servers-differ = Stop: the two servers show two different surveys. One of them is wrong or lies. Do not take part; tell the organizer. Nothing was sent.
trouble-other-survey = Stop: the server shows another survey than the one you were invited to. Do not take part; tell the organizer. Nothing was sent.
trouble-enrolment-untrusted = A server did not confirm your invitation as it must. Do not go on; tell the organizer. No pay was sent.
trouble-receipt-untrusted = The receipt does not hold, so nothing counts as submitted, although something was sent. Tell the organizer. What you sealed is kept here.
trouble-workers-blocked = This browser does not let the page work in the background (Web Workers), often by a rule of the organization. Nothing was sent. Open your link in another browser, or use the command sealedpay.
trouble-workers-died = Sealing broke off several times; the browser may be short of memory. Close other pages and try again. Nothing was sent.
trouble-parts-differ = The parts of this page do not fit together; it was probably renewed just now. Reload it and choose your file again. Nothing was sent.
trouble-cancelled = Sealing was cancelled. Nothing was sent, and your file is still open here.
trouble-not-yet = There is no result yet. Look again after the survey is closed.

## An organizer's

trouble-no-organizer-key = This browser does not keep the key of this survey. Open it with its key file from your list of surveys.
trouble-key-file = This is not an organizer’s key file, or one of another version. Nothing was changed.
trouble-results-differ = Stop: the two servers published two different results. One of them is wrong or lies. Do not use either; tell both operators.
