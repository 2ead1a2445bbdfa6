"""Re-identification risk of records: quasi-identifiers, uniqueness and k-anonymity."""
