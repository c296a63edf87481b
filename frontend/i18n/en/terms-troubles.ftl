### What goes wrong before a reporter begins.

trouble-other-tab = This survey is open in another tab of this browser. Go on there, or close that tab and try again here. Nothing was lost.
trouble-state = What this browser kept of this survey cannot be used here. Ask the organizer for a new invitation. Nothing was sent now.
trouble-code-length = The code has 54 letters and digits, in nine groups of six; you typed { $number }. Compare it with the message, and mend it here. Nothing was lost, and your invitation is unused.
trouble-code-group = Group { $number } of the code is not right: something in it is mistyped. Compare it with the message, and mend it here. Nothing was lost, and your invitation is unused.
trouble-code-foreign = This code belongs to another survey than this address. Look for the code that stands beside this very link, and type that one. Your invitation is unused.
trouble-servers-differ = Stop: the two servers show two different surveys. One of them is wrong or lies. Do not take part, and tell the organizer. Nothing was sent.
trouble-other-survey = Stop: the server shows another survey than the one you were invited to. Do not take part, and tell the organizer. Nothing was sent.
trouble-survey-untrusted = Stop: { $words }. Do not take part, and tell the organizer. Nothing was sent.
