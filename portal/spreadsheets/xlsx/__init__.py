"""XLSX workbooks: the `workbook` and its sheets, their `cells` wherever they stand, and each of the `values` as the office sees it.

`workbook.read_xlsx` is the way in; `plain_columns` reads a long sheet in plain form faster.
"""
