"""The agreement as data, by edition, and the pure functions over it: no store, no web, no clock.

`edition.editions.edition` gives an edition; `section4.check.assess`, `gateways.fit.fit` and `datasets.catalogue.data_set`
answer from it. `forms` are its papers, `clauses` what the portal honours.
"""
