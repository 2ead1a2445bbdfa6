"""Information sharing statements for regular sharing (Appendix 5): drafted together, signed by each party, reviewed, ended.

`drafting.begin_statement` is the way in, or a `suggestion` from a request; `signing.sign_statement` brings one into force,
`review` keeps it true, `deletion` ends it. `entitlement` says who may see one, `views` shows it with its `status`, `papers` makes
its words and papers, `contacts` gets the copies; `uses` is what an organisation really shares.
"""
