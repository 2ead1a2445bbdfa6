"""Not identifying anybody, as pure functions: `grammar` says which words may stay, `identifiers` finds what points to a person, `recoding` generalises, `risk` measures k-anonymity, `suppression` hides small counts.

The grammars come first: what they do not know goes. The lists of identifiers are a second layer inside what they admit.
The ways in: `grammar.columns.places`, `identifiers.finding.find`, `risk.k_anonymity.groups`, `suppression.protecting.protect`.
"""
