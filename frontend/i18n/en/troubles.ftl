### What went wrong, what to do, and what was not lost. Looked up by code: `trouble-…` for what happens in the
### page, `problem-…` for what a server refuses.

trouble-config = The page could not read its own settings (config.json). Reload the page; if it happens again, tell whoever runs it. Nothing was sent.
trouble-unreachable = { $host } cannot be reached. Check the network, then try again. Nothing was lost.
trouble-status = { $host } answered with status { $number } and gave no reason. Try again in a minute. Nothing was lost.
trouble-malformed = { $host } answered something that this page does not understand. Reload the page; if it happens again, tell the organizer. Nothing was lost.
trouble-url = An address of a server is not one that this page may speak to. Tell whoever runs the page. Nothing was sent.
trouble-safe = This browser does not let the page keep anything (often so in private windows). Open the page in an ordinary window, or try again. Nothing was sent.
trouble-refused = The server refused this: { $words } Try again; if it happens again, tell the organizer the code below. Nothing was lost.

## A reporter's

trouble-other-tab = This survey is open in another tab of this browser. Go on there, or close that tab and try again here. Nothing was lost.
trouble-state = What this browser kept of this survey cannot be used here. Ask the organizer for a new invitation. Nothing was sent now.
trouble-code-length = The code has 54 letters and digits, in nine groups of six; you typed { $number }. Compare it with the message, and mend it here. Nothing was lost, and your invitation is unused.
trouble-code-group = Group { $number } of the code is not right: something in it is mistyped. Compare it with the message, and mend it here. Nothing was lost, and your invitation is unused.
trouble-code-foreign = This code belongs to another survey than this address. Look for the code that stands beside this very link, and type that one. Your invitation is unused.
trouble-servers-differ = Stop: the two servers show two different surveys. One of them is wrong or lies. Do not take part, and tell the organizer. Nothing was sent.
trouble-other-survey = Stop: the server shows another survey than the one you were invited to. Do not take part, and tell the organizer. Nothing was sent.
trouble-survey-untrusted = Stop: { $words }. Do not take part, and tell the organizer. Nothing was sent.
trouble-enrolment-untrusted = A server did not confirm your invitation as it must. Do not go on, and tell the organizer. Nothing about pay was sent.
trouble-file = { $words } Nothing was sent.
trouble-file-unreadable = The browser cannot read this file any more: it was moved, changed or locked. Choose it again. Nothing was sent.
trouble-column = { $words } Nothing was sent.
trouble-records = The figures cannot be sealed: { $words }. Choose another file, or tell the organizer. Nothing was sent.
trouble-rows = Some rows must be mended. Nothing was sent.
trouble-workers-blocked = This browser does not let the page work in the background (Web Workers), often by a rule of the organization. Open your link in another browser, or use the command sealedpay. Nothing was sent.
trouble-workers-died = Sealing broke off several times; the browser may be short of memory. Close other pages, and try again. Nothing was sent.
trouble-parts-differ = The parts of this page do not fit together; it was probably renewed just now. Reload it, and choose your file again. Nothing was sent.
trouble-cancelled = Sealing was cancelled. Nothing was sent, and your file is still open here.
trouble-receipt-untrusted = The receipt does not hold, so nothing counts as submitted, although something was sent. Tell the organizer. What you sealed is kept in this browser.
trouble-not-yet = There is no result yet. Look again after the survey is closed. Your receipt is kept here.
trouble-result-untrusted = Stop: { $words }. Do not rely on this result, and tell both operators. Receipts and keys are kept.

## An organizer's

trouble-no-organizer-key = This browser does not keep the key of this survey. Open it with its key file from your list of surveys. Nothing was lost.
trouble-key-file = This is not an organizer’s key file, or one of another version. Choose the file that was saved when the survey was written. Nothing was changed.
trouble-key-length = A key has 2048, 3072 or 4096 bits. Choose one of these lengths. Nothing was sent.
trouble-plan = The survey cannot be opened like this: { $words }. Mend it and try again. Nothing was sent, and no key was used up.
trouble-draft-untrusted = Stop: { $words }. Do not use these servers, and tell both operators. Nothing was sent.
trouble-opening = This cannot be done: { $words }. Mend it and try again. Nothing was sent.
trouble-opened-untrusted = Stop: { $words }. Do not invite anybody, and tell both operators. No invitation was shown.
trouble-results-differ = Stop: the two servers published two different results. One of them is wrong or lies. Do not use either, and tell both operators. Your key is kept.
trouble-copy = This browser does not let the page copy. Select the text with the mouse or the keyboard and copy it, or save the list as a file. Nothing was lost.

## What servers refuse

problem-sign-in-required = The data server does not take this sign-in: it is mistyped, or was replaced in the meantime. Ask whoever runs that server, sign in again, and go on where you were. Nothing you typed was lost.
problem-key-pool-empty = The computation server has no key ready, and makes one only every few minutes. Try again in a while. Nothing was lost.
problem-key-length = The servers do not make keys of this length. Choose another under “More settings”. Nothing was lost.
problem-below-floor = The minimum numbers of this survey are below those that the servers insist on. Raise them, and try again. Nothing was lost.
problem-too-early = The survey may not be closed yet. Try again later. Nothing was lost.
problem-already-open = This survey was opened before, otherwise than this page shows it. Open it with its key file in a new window. Nothing was lost.
problem-unknown-survey = There is no such survey at this server. Check that the link leads to the right page, and ask the organizer. Nothing was sent.
problem-invitation-unknown = This invitation is not one of the survey’s, or was taken back. Ask the organizer for a new link. Nothing about pay was sent.
problem-already-enrolled = Somebody has already begun with this link. If that was you, go on in the browser where you began: your work is kept there. If it was not you, tell the organizer now. Nothing about pay was sent from here.
problem-survey-closed = The survey was closed before this arrived, so it was not taken. What both servers signed for earlier counts. Ask the organizer if you have questions.
problem-submission-refused = The server did not take what was sealed here: it does not look as this survey wants it. Reload the page and seal your file again; if it happens again, tell the organizer. Nothing of it counts.
problem-body-too-large = This is more than the survey takes from one reporter. Look for rows that are not employees, and ask the organizer. Nothing of it was kept.
problem-peer-unavailable = One server has this, and cannot reach the other one right now. Try again in a minute: it counts once, however often it is sent. Nothing was lost.
problem-peer-refused = The second server refused what the first one passed on. Tell the organizer the code below. Nothing was lost.
problem-too-many-requests = Too much was asked from this network in a short time. Wait a minute and try again. Nothing was lost.
problem-internal = The server failed. Try again in a minute; what it had signed for is kept. Nothing was lost.
