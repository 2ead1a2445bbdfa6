"""Figures that the public may see: counted from stored returns, suppressed, attacked, and only then written (s6).

`publishing.propose` is the way in for people, two of whom it takes: `stored` opens the returns, `outlining` and `building`
make the table by `tabulation`, beside all that is public. `views` shows what is public and what waits, and `shared_picture`
what partners see, nothing withheld. `command` is the command line's, without a store.
"""
