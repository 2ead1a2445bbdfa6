"""The audit pack of a request: all that led to its decision and all who opened it, sealed.

`pack.request_pack` is the way in, from `parts` and the `record_extract`.
"""
