### Texts of what a reporter reads before anything happens.

take-part-page = Taking part in a survey
checking = The survey is being checked at both servers.
step-read = Read
step-file = Pay file
step-columns = Columns
step-seal = Check and seal
step-receipt = Receipt

## Before anything happens

terms-title = What this survey asks, and what happens with your answer
terms-period = Period
terms-published = Published
terms-thresholds = only from { $reporters } reporters on; a group only from { $cell } reporters and { $employees } employees on
terms-closes = Closes
terms-contact = Questions to
terms-who-title = Who sees what
terms-who-you = see your file. It stays in this browser, and none of it is kept after you leave this page.
terms-who-data = { $server } keeps your sealed figures and cannot open them. It sees roughly how many there are.
terms-who-data-added = { $server } keeps your sealed totals and cannot open them. It does not see how many people you have.
terms-who-computation = { $server } learns that you submitted. It opens one total over all reporters, and no single submission.
terms-who-organizer = The organizer
terms-who-organizer-text = sees that you were invited, have begun and have submitted. Never what.
terms-file-title = The file
terms-file-text = One row per person, as CSV. It needs these columns: { $columns }. Other columns may be there; they are not used.
terms-file-template = Download a template
terms-begin-text = When you begin, your invitation is bound to this browser. Nothing about pay is sent by that.
terms-begin = Begin
terms-proving = The survey’s key is being checked in the background. You can begin in a moment.
terms-loading = What you need to take part is being loaded.
terms-unused = Nothing was lost: your invitation is unused, and nothing was registered or sent.
terms-closed = This survey is closed, so nothing more is taken. If you have questions, ask { $contact }.
terms-fingerprint = Fingerprint of this survey. It shows that everybody takes part in the same one; to compare, read the first 24 digits aloud:

warning-rehearsal = This is a rehearsal. Do not use real pay.
terms-one-operator = One operator runs both servers, by its own words: the data server is run by “{ $data }”, the computation server by “{ $computation }”. It could open your submission if it wanted to; the sealing protects you from everybody else.
warning-no-validity = Nothing shows that other reporters’ submissions are honest in form: one of them could defeat the minimum numbers or break the result.
warning-same-host = Both servers are one machine. Whoever has it could open your submission.
warning-same-domain = Both servers belong to one internet domain. Make sure that two parties run them.

## A link whose end was cut off

code-title = Your link is incomplete
code-text = The part behind the # sign is missing; some mail programs cut it off. Nothing is lost: your invitation is unused, and nothing was sent. Type the code that stands beside the link in the message.
code-label = Code
code-hint = Nine groups of six letters and digits. Capitals, blanks and hyphens do not matter.
code-go = Continue
code-instead = There is no code in the message? Copy the whole link, to its last character, into the field on the first page, or ask the organizer.
