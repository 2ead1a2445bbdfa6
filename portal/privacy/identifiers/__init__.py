"""Direct identifiers: finding them in one text (`finding.find`), in whole columns (`scanning.by_pattern`), and as a `profile` of a column that is dropped.

`folding` takes disguises off, `prefilter` leaves only texts that may hold something, `tokens` reads them as words; then
`patterns`, `names` and `house_numbers` look, each hit one of the `kinds`.
"""
