### What went wrong, what to do, and what was not lost. Looked up by code: `trouble-…` for what happens in the
### page, `problem-…` for what a server refuses.

trouble-config = The page could not read its own settings (config.json). Reload the page; if it happens again, tell whoever runs it. Nothing was sent.
trouble-unreachable = { $host } cannot be reached. Check the network, then try again. Nothing was lost.
trouble-status = { $host } answered with status { $status }, which says nothing more. Try again in a minute. Nothing was lost.
trouble-malformed = { $host } answered something this page does not understand. Reload the page; if it happens again, tell the organizer. Nothing was lost.
trouble-url = An address of a server is not one this page may speak to. Tell whoever runs the page. Nothing was sent.
trouble-safe = This browser does not let the page keep anything (often in private windows). Open the page in an ordinary window. Nothing was sent.
