### The tables of a result with several dimensions, amounts or bands.

tables-of = { $measure } by { $by } ({ $unit })
tables-all = { $measure }, everybody together ({ $unit })
tables-std = Spread
tables-sum = Sum
tables-mean = Average
tables-receiving = Have any
tables-lower = Lower quartile
tables-median = Median
tables-upper = Upper quartile
tables-between = { $low } to { $high } (about { $estimate })
tables-gaps = Compared with { $reference }: { $measure }
tables-gap = Gap of averages
tables-cents = Cents for every { $unit }
tables-median-gap = Gap of medians
tables-adjusted = { $measure }, { $compared }: { $percent } % gap to { $reference } if both were spread alike over { $by } ({ $count } people compared).
tables-quarters = Who is in which quarter of pay: { $measure }
tables-quarter-0 = Lowest quarter
tables-quarter-1 = Second quarter
tables-quarter-2 = Third quarter
tables-quarter-3 = Highest quarter
tables-everybody = Everybody
tables-gap-suppressed = not shown, because one of the two groups is not
tables-outside = A figure lies outside the survey’s limits: somebody reported what cannot be.
