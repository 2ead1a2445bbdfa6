"""Not identifying anybody, as pure functions over text and columns: `identifiers` finds what points to a person, `recoding` generalises values, `risk` measures k-anonymity.

Statistical disclosure control of published tables is `suppression`.
"""
