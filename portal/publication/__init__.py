"""Figures that the public may see: counted from stored returns, suppressed, attacked, and only then written (s6).

In the order of their work: `fields` says what a table may cross and reads a field's values; `measures` finds the numbers in
a file of numbers; `counting` counts; `table_file` writes a table as CSV and reads a published one back. `tabulating.tabulate`
is the way in without a store, and `command` the command line's; `publishing.propose` is the way in for people, two of whom
it takes; `views` shows what is public and what waits.
"""
