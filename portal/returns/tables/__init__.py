"""Finding the tables of a file: headings, records, totals, tables of counts that are wide, transposed or side by side.

`extraction.find_tables` finds them by their `heading_rows`; `side_by_side`, `without_headings`, `crosstabs` with `axes`, `row_labels` and `wide_headings`
set unusual ones upright, `totals` leaves sums out, and `selection.choose`, the way in, says which are the return.
"""
