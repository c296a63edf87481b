### What goes wrong on a reporter's way, from Begin on.

trouble-enrolment-untrusted = A server did not confirm your invitation as it must. Do not go on, and tell the organizer. Nothing about pay was sent.
trouble-file = { $words } Nothing was sent.
trouble-file-unreadable = The browser cannot read this file any more: it was moved, changed or locked. Choose it again. Nothing was sent.
trouble-column = { $words } Nothing was sent.
trouble-records = The figures cannot be sealed: { $words }. Choose another file, or tell the organizer. Nothing was sent.
trouble-rows = Some rows must be mended. Nothing was sent.
trouble-cancelled = Sealing was cancelled. Nothing was sent, and your file is still open here.
trouble-receipt-untrusted = The receipt does not hold, so nothing counts as submitted, although something was sent. Tell the organizer. What you sealed is kept in this browser.
trouble-not-yet = There is no result yet. Look again after the survey is closed. Your receipt is kept here.

## What servers refuse

problem-invitation-unknown = This invitation is not one of the survey’s, or was taken back. Ask the organizer for a new link. Nothing about pay was sent.
problem-already-enrolled = Somebody has already begun with this link. If that was you, go on in the browser where you began: your work is kept there. If it was not you, tell the organizer now. Nothing about pay was sent from here.
problem-submission-refused = The server did not take what was sealed here: it does not look as this survey wants it. Reload the page and seal your file again; if it happens again, tell the organizer. Nothing of it counts.
problem-body-too-large = This is more than the survey takes from one reporter. Look for rows that are not employees, and ask the organizer. Nothing of it was kept.
