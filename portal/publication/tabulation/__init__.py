"""From stored returns to a table that may be published: counted, small counts withheld, attacked; pure, without a store (s6).

`tabulating.tabulate` is the way in. In the order of their work: `fields` says what a table may cross and reads a field's
values; `measures` finds the numbers in a file of numbers; `outlines` puts small places together and adds lines up;
`counting` counts; `ties` says what a reader knows of how fields hang together, and `windows` of how quarters do;
`table_file` writes a table as CSV and reads a published one back.
"""
