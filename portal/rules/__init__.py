"""The agreement as data, by edition, and the pure functions over it: no store, no web, no clock.

`edition.editions.edition` gives an edition; `section4.check`, `gateways.fit` and `datasets.catalogue` answer from
it.
"""
