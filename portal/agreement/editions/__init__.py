"""Editions from draft to force: drafting, authorisation by two people, words with their blanks filled, comparison, review."""
