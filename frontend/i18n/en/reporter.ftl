### Texts of the way a reporter takes.

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
terms-unused = Nothing was lost: your invitation is unused, and nothing was registered or sent.
terms-closed = This survey is closed, so nothing more is taken. If you have questions, ask { $contact }.
terms-fingerprint = Fingerprint of this survey. It shows that everybody takes part in the same one; to compare, read the first 24 digits aloud:
enrolling = Your invitation is being registered at both servers.

warning-rehearsal = This is a rehearsal. Do not use real pay.
terms-one-operator = One operator runs both servers, by its own words: the data server is run by “{ $data }”, the computation server by “{ $computation }”. It could open your submission if it wanted to; the sealing protects you from everybody else.
warning-no-validity = Nothing shows that other reporters’ submissions are honest in form: one of them could defeat the minimum numbers or break the result.
warning-same-host = Both servers are one machine. Whoever has it could open your submission.
warning-same-domain = Both servers belong to one internet domain. Make sure that two parties run them.

## The file

choose-title = Choose your pay file
choose-text = The file is read here, in your browser. It is not uploaded.
choose-replaces = What you send now takes the place of what you sent before.
choose-drop = Drop the file here, or choose it
choose-drop-hint = CSV, with semicolons, commas or tabs; up to 64 MB. In a spreadsheet: Save as, CSV UTF-8.
choose-paste-open = Paste rows instead
choose-paste = Rows copied from a spreadsheet
choose-paste-hint = With the names of the columns in the first row.
choose-paste-go = Read these rows
choose-type-open = Type rows instead
typed-row = Person
typed-go = Read these rows
typed-more = More rows
opening-file = The file is being read in your browser.
reading-file = Every row is being checked in your browser.

columns-title = Which column is which?
columns-rows = { $rows } rows were found.
columns-decimals = Decimals are written
columns-decimals-auto = as the column shows
columns-decimals-dot = with a point: 1234.50
columns-decimals-comma = with a comma: 1234,50
columns-first-rows = The first rows, visible to you only
columns-go = Check all rows
other-file = Choose another file
other-columns = Choose other columns

mistakes-title = { $count ->
    [one] One cell must be mended
   *[other] { $count } cells must be mended
 }
mistakes-text = Mend them in your file and choose it again. Nothing was sent, and nothing is left out silently.
mistakes-text-typed = Mend them and go on. Nothing was sent, and nothing is left out silently.
mistakes-again-typed = Back to your rows
mistakes-table = Cells to mend
mistakes-row = Row
mistakes-column = Column
mistakes-what = What is wrong
mistakes-more = And { $count } more, which are not listed.
mistakes-again = Choose the mended file

## Sealing and sending

totals-title = Is this what you want to report?
totals-caption = Your figures, visible to you only
totals-entries = Sealed entries
totals-text = Every salary is sealed on its own. The lists are filled up with empty entries, so that their length says little about how many people you have. These sums are not sent.
totals-text-added = These are the totals that will be sent, sealed, beside sums that the survey asks for besides. Single salaries stay here, and neither server sees how many people you have or in which groups.
totals-questions = Some amounts are unusual. If they are right, go on.
totals-questions-more = And { $count } more.
totals-seal = Seal { $count } salaries and send them
totals-seal-added = Seal these totals and send them

sealing-title = Your figures are being sealed
sealing-so-far = { $done } of { $total } salaries sealed
sealing-so-far-added = { $done } of { $total } parts of your totals sealed
sealing-soon-known = The time left will show in a moment.
sealing-seconds-left = { $count ->
    [one] About one second left
   *[other] About { $count } seconds left
 }
sealing-minutes-left = { $count ->
    [one] About a minute left
   *[other] About { $count } minutes left
 }
sealing-text = Leave this page open. Nothing is sent before everything is sealed.
sealing-cancel = Cancel
sending = Sealed figures are being sent, and both servers sign for them.
sending-kept = What you sealed is kept in this browser. It counts once however often it is sent.

## Afterwards

receipt-title = Submitted. You are finished.
receipt-text = Both servers signed that they have your sealed figures. Keep the receipt: with it you can show that they were taken.
receipt-withdrawn-title = Withdrawn
receipt-withdrawn-text = Both servers signed that nothing of yours is counted.
receipt-code = Short code of this receipt
receipt-survey = Survey
receipt-version = Version
receipt-held = Held
receipt-declared = Declared
receipt-signed-value = signed by { $operator }, in the hour from { $hour }
receipt-fingerprint = Fingerprint of the survey
receipt-save = Save the receipt
receipt-print = Print
change-title = Something changed?
change-text = Until { $closes } you can send another file or withdraw, from this browser.
change-replace = Send another file
change-report = Report after all
change-withdraw = Withdraw
change-withdraw-text = Withdraw everything you sent? Nothing of yours is counted then. You can report again until the survey closes.
change-withdraw-yes = Yes, withdraw
change-withdraw-no = No, leave it
counted-title = Was it counted?
counted-text = After the survey is closed, this page looks your receipt up in the published list of what was counted.
counted-look = Look it up
counted-yes = Yes. Your submission is among those that were counted.
counted-other = Version { $version } of your submission was counted, not the one of this receipt.
counted-other-commitment = No: something else was counted in its place, signed with the key of this receipt. Somebody else has that key. Show your receipt to the organizer.
counted-lost = No. A server signed for your submission and then lost it. Your receipt proves that: show it to the organizer.
counted-no = No, although both servers signed for it. If you did not withdraw it elsewhere, show your receipt to the organizer.
counted-ended = The survey ended without a result. Nothing was opened.

code-title = Your link is incomplete
code-text = The part behind the # sign is missing; some mail programs cut it off. Nothing is lost: your invitation is unused, and nothing was sent. Type the code that stands beside the link in the message.
code-label = Code
code-hint = Nine groups of six letters and digits. Capitals, blanks and hyphens do not matter.
code-go = Continue
code-instead = There is no code in the message? Copy the whole link, to its last character, into the field on the first page, or ask the organizer.
