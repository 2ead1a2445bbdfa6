"""Finding the tables of a file: headings, records, totals, tables of counts that are wide, transposed or side by side."""
