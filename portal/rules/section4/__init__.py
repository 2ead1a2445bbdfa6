"""The Section 4 check: from answers to one of six outcomes, with reasons.

The way in is `check`; `assessing` reads it from a file.
"""
