"""The audit pack of a request: all that led to its decision and all who opened it, sealed."""
