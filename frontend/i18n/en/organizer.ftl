### Texts of the way an organizer takes.

surveys-title = Your surveys
surveys-waiting = Looking for the surveys whose keys this browser keeps.
surveys-none = This browser keeps no survey’s key yet.
surveys-new = New survey
import-open = Open a survey of another browser with its key file
import-label = Key file

## Writing

new-title = New survey
new-kept = What you type is kept in this browser until the survey is created.
new-forget = Begin anew
new-about = What it is about
new-rules = What is published, and when it closes
new-rules-text = Nothing is opened below these numbers. Both servers have floors of their own.
new-advanced = More settings
new-rehearsal = This is a rehearsal: nothing in it is real
new-go = Create the survey
new-waiting = The computation server gives this survey a key of its own, which is then checked. Where none is ready it is made first: seconds of work for a fast machine, minutes for a slow or busy one. This page waits for five minutes.
new-mistakes = { $count ->
    [one] One field must be mended. Nothing was sent.
   *[other] { $count } fields must be mended. Nothing was sent.
 }
field-title = Title
field-purpose = Purpose (may be empty)
field-contact = Whom to ask
field-period = Period
field-dimension = What is compared
field-categories = Groups, one per line
field-reference = Reference group
field-measure = What is measured
field-unit = Unit
field-decimals = Decimals
field-minimum = Smallest amount
field-maximum = Largest amount
field-soft-minimum = Unusual below
field-soft-maximum = Unusual above
field-max-employees = Most employees per reporter
field-max-reporters = Most reporters
field-min-reporters = Reporters at least
field-min-cell-reporters = Reporters per group at least
field-min-employees = Employees per group at least
field-closes = Closes by itself
field-key-bits = Key length in bits
hint-categories = Exactly as they stand in pay files.
hint-dimension = The name of the column, such as gender.
hint-reference = Gaps are parts of this group’s average; one of the groups above.
hint-measure = The name of the column, such as gross yearly pay.
hint-period = For example: calendar year 2026.
hint-contact = Reporters see this: a name and an address.
hint-soft = May be empty.
hint-closes = In your own time zone. You can close earlier.
mistake-empty = Write something here.
mistake-number = Write a number here.
mistake-categories = Write at least two groups, each once.
mistake-reference = Write one of the groups above, exactly as it stands there.
mistake-range = The largest amount must be above the smallest.
mistake-closes = Choose a moment in the future.

## Opening

survey-page = Survey
survey-waiting = The survey is being looked up.
key-title = Keep the key of this survey
key-text = This browser keeps it, encrypted. With the file you can go on elsewhere, and nobody can give orders in this survey without it. Save it where only you can read it.
key-save = Save the key file
key-saved = I saved it where only I can read it
invite-title = Whom do you invite?
invite-label = One per line: a company, a department, a person
invite-hint = Only you and the data server see these names.
invite-begun = The survey was sent to both servers before and no answer came. It is sent again as it was.
warning-same-operator = One operator runs both servers, by its own words. It could open single submissions if it wanted to, and reporters are told so; the sealing protects them from everybody else.
open-key-first = First save the key file, and say so above.
open-text = When it opens, the survey is frozen: both servers sign it, and nothing in it can be changed.
open-go = { $count ->
    [0] Open the survey
    [one] Open the survey to one reporter
   *[other] Open the survey to { $count } reporters
 }
opening-survey = Both servers are checking and signing the survey.

## While it is open

status-title = Who has done what
status-closes = The survey closes by itself on { $closes }.
status-counts = { $invited } invited, { $enrolled } begun, { $submitted } submitted.
status-refresh = Look again
status-who = Invited
status-what = State
status-invited = invited
status-enrolled = has begun
status-submitted = has submitted
status-withdrawn = has withdrawn
status-revoked = revoked
links-title = Invitations
links-text = Send each link, with its code, to the one it is for, and to nobody else. A link counts once. It is a secret: who has it can report. The code says the same as the link; it is typed where a mail program cut the link’s end off.
links-open = Show the links
links-code = Code:
links-save = Save all for mail merge (CSV)
links-copy = Copy all
links-message-copy = Copy a message with both
links-message =
    You are invited to take part in “{ $title }”. It closes on { $closes }.

    Your link, for you alone:
    { $link }

    Your pay figures are sealed in your own browser before anything is sent. Nobody sees a single salary, and only averages over all who take part are published.

    If the page says that your link is incomplete, because a mail program cut its end off, type this code there:
    { $code }

    Questions: { $contact }
more-open = Invite more
more-go = Invite
inviting = Both servers are taking the invitations.

close-title = Close the survey
close-text = After that nothing is taken any more. The servers agree on who counts, and the total of all submissions is opened once.
close-go = Close now
close-sure = Close “{ $title }” for good? This cannot be undone, and there is no second opening.
close-yes = Yes, close it and open the total
close-no = No, leave it open
closing = Both servers are closing the survey.
release-title = The survey is closed
release-text = The servers now agree on who counts, and open the total of all submissions once.
release-go = Open the total

## The result

result-waiting = The servers agree on who counts and open the total. Then this page checks every signature and figure.
result-title = Result
result-counted = { $count ->
    [one] One reporter was counted.
   *[other] { $count } reporters were counted.
 }
result-means = Average, in { $unit }
result-table = Published figures
result-reporters = Reporters
result-mean = Average ({ $unit })
result-csv = Save as CSV
result-json = Save as JSON
result-verified = This page checked both servers’ signatures, who was counted, and every figure.
gap-figure = { $percent } %
gap-words = { $compared } are paid { $percent } % less than { $reference } on average: { $cents } cents for every { $unit } of theirs. A negative figure means more.
gap-suppressed = The gap for { $compared } is not shown, because one of the two groups is not.
suppressed = not shown
suppressed-few = not shown: too few in it, or in another group that it would give away
ended-title = The survey ended without a result
ended-too-few = Fewer reporters than its minimum were counted. Nothing was opened, and keys and submissions are destroyed. You can write the survey again and invite more reporters.
ended-too-many-missing = A server lost more acknowledged submissions than you tolerated. Nothing was opened, and keys and submissions are destroyed. Reporters can show their receipts; write the survey again.
ended-inconsistent = The opening failed, and no cause is ever named. Nothing was published, and keys and submissions are destroyed. You can write the survey again.
