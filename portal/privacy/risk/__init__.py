"""Re-identification risk of records: quasi-identifiers, uniqueness and k-anonymity.

`k_anonymity.groups` is the way in; `coarsening` says what coarser records would leave.
"""
