"""Figures that the public may see: counted from stored returns, suppressed, attacked, and only then written (s6).

In the order of their work: `fields` says what a table may cross and reads a field's values; `measures` finds the numbers in
a file of numbers; `outlines` puts small places together and adds lines up; `counting` counts; `ties` says what a reader knows
of how fields hang together, and `windows` of how quarters do; `table_file` writes a table as CSV and reads a published one back. `tabulating.tabulate` is the
way in without a store, and `command` the command line's; `publishing.propose` is the way in for people, two of whom it takes:
`stored` opens the returns, `outlining` and `building` make the table beside all that is public. `views` shows what is public
and what waits, and `shared_picture` what partners see, nothing withheld.
"""
