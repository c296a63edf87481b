### What goes wrong on an organizer's way.

trouble-no-organizer-key = This browser does not keep the key of this survey. Open it with its key file from your list of surveys. Nothing was lost.
trouble-key-file = This is not an organizer’s key file, or one of another version. Choose the file that was saved when the survey was written. Nothing was changed.
trouble-key-length = A key has 2048, 3072 or 4096 bits. Choose one of these lengths. Nothing was sent.
trouble-plan = The survey cannot be opened like this: { $words }. Mend it and try again. Nothing was sent, and no key was used up.
trouble-preset = This preset cannot be made: { $words }. Mend it and try again. Nothing was sent.
trouble-preset-day = The day is not one that there is, or is not written as in 2026-04-05. Mend it and try again. Nothing was sent.
trouble-draft-untrusted = Stop: { $words }. Do not use these servers, and tell both operators. Nothing was sent.
trouble-opening = This cannot be done: { $words }. Mend it and try again. Nothing was sent.
trouble-opened-untrusted = Stop: { $words }. Do not invite anybody, and tell both operators. No invitation was shown.
trouble-results-differ = Stop: the two servers published two different results. One of them is wrong or lies. Do not use either, and tell both operators. Your key is kept.
trouble-copy = This browser does not let the page copy. Select the text with the mouse or the keyboard and copy it, or save the list as a file. Nothing was lost.

## What servers refuse

problem-key-pool-empty = The computation server has not had a key ready for five minutes. It goes on making one, which is seconds of work for a fast machine and minutes for a slow or busy one. Try again in a while. Nothing was lost.
problem-key-length = The servers do not make keys of this length. Choose another under “More settings”. Nothing was lost.
problem-below-floor = The minimum numbers of this survey are below those that the servers insist on. Raise them, and try again. Nothing was lost.
problem-too-early = The survey may not be closed yet. Try again later. Nothing was lost.
problem-already-open = This survey was opened before, otherwise than this page shows it. Open it with its key file in a new window. Nothing was lost.
