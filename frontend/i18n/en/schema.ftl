### What a survey asks, in words: for organizers before it opens, for reporters before they begin.

asked-sorted = Sorted by
asked-value = { $name }: { $categories }
asked-reference = { $name }: { $categories }; compared with { $reference }
asked-measured = Measured
asked-measure = { $name }, in { $unit }, from { $min } to { $max } per person
asked-computed-sum = { $name }, in { $unit }: computed, { $one } plus { $other }
asked-computed-quotient = { $name }, in { $unit }: computed, { $one } divided by { $other }
asked-figures = Figures of { $name }
asked-mean = average
asked-dispersion = spread over people
asked-receiving = how many have any of it
asked-bands = median and quartiles, from { $count } pay bands
asked-tables = Published for
asked-everybody = everybody together
asked-who = Who counts
asked-who-day = whoever is employed on { $day }
asked-who-period = whoever is employed in the period
asked-part-timers-as-paid = part-timers with what they were paid
asked-part-timers-full = part-timers with what full-time work would have paid
asked-part-timers-out = part-timers are left out
asked-leavers-out = people who left are left out
asked-leavers-counted = people who left count with what they were paid until then
asked-missing = Rows with a gap
asked-missing-leave-out = are left out, and how many is shown; nothing, “-” and “NA” are gaps
asked-missing-stop = must be completed first; nothing, “-” and “NA” are gaps
