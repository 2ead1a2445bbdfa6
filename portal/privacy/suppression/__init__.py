"""Statistical disclosure control: small counts are withheld so that nobody can work them out, proved before anything is written (s6).

In the order of their work: `tables` says what a table is and which sums hold in it; `system` puts every table of the same
records into one set of equations; `flows` finds another table that a reader could not tell from the true one, by an
exchange within the table or by HiGHS;
`pattern` chooses the cells to withhold with it; `editions` holds a correction back that would tell a small change;
`attack` shares no code with these and tries to work out what was withheld from what is public; `protecting.protect` is
the way in, and gives nothing that the attack has not passed.
"""
