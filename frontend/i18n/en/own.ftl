### A reporter's own columns, totals and figures.

columns-match = Every question of the survey needs a column of your file.
columns-missing = Rows with a gap (nothing, “-”, “NA”)
columns-missing-leave-out = leave out and count, as the survey says
columns-missing-stop = stop, so that I can complete them
columns-missing-must = Rows with a gap (nothing, “-”, “NA”) must be completed in the file: the survey leaves none out.

left-out-title = { $count ->
    [one] One row is left out, because something is missing in it. This is the survey’s rule.
   *[other] { $count } rows are left out, because something is missing in them. This is the survey’s rule.
 }
left-out-column = { $count ->
    [one] One row has nothing in column “{ $column }”.
   *[other] { $count } rows have nothing in column “{ $column }”.
 }
left-out-stop = If they belong into the survey, choose other columns, and there that gaps stop.

sent-title = All totals that will be sent, sealed
sent-everybody = Everybody
sent-sum = Sum: { $measure } ({ $unit })
sent-receiving = Have any: { $measure }
sent-bands = How many people are in each pay band is sent as well, in the same sealed totals.
rows-more = { $count } more rows are not shown here.

own-title = Your own figures
own-text = They are computed in this browser from your file alone, exactly. They are not sent, and nobody else sees them. They go when you leave this page, unless you save them.
own-save = Save your figures (CSV)
own-figure = Figure
own-among = { $text }, of those who have any
own-within = { $within }: { $text }
own-item = { $item } { $text }
own-of = { $measure }: { $text }
own-employees = people
own-sum = sum
own-mean = average
own-dispersion = spread over people
own-lower-quartile = lower quartile
own-median = median
own-upper-quartile = upper quartile
own-mean-gap = gap of averages
own-median-gap = gap of medians
own-receiving = have any of it
own-quarter-0 = part of the lowest quarter
own-quarter-1 = part of the second quarter
own-quarter-2 = part of the third quarter
own-quarter-3 = part of the highest quarter
