"""The data sets of Appendix 1: fields, treatments, code lists, and the `quarters` they are returned by.

The way in is `catalogue.data_set`; `types` says what the two files in `portal/rules/data/` may hold.
"""
