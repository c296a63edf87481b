### Words that stand on every page.

starting = Sealed Pay is starting.
brand = Sealed Pay
skip-to-content = Skip to the content
header-nav = Main
header-organize = For organizers
footer-what = Pay is sealed in this browser before anything is sent. Neither server can open a single salary by itself.
footer-operators = Data server: { $data }. Computation server: { $computation }.
footer-data = Data server
footer-computation = Computation server
footer-one-operator = One operator runs both servers of this page. It could open single submissions if it wanted to; the method protects fully where two independent operators run them.
steps = Steps
steps-short = Step { $number } of { $count }: { $name }
retry = Try again
copied = Copied
error-code = Code: { $code }
not-found-title = There is no such page
not-found-text = The address may be incomplete. If it came from an invitation, open the link again or type the code below it.
to-start = To the start
home-how-you = You
home-how-data = The data server
home-how-computation = The computation server
home-how-everybody = Everybody
home-how-everybody-text = sees averages and gaps of groups that are large enough.
totals-group = Group
totals-employees = Employees
totals-sum = Sum ({ $unit })
