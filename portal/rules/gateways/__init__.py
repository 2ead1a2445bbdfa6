"""Which law lets one kind of organisation tell another (Section 3).

The way in is `fit.fit`, over the kinds and laws that `bodies` types.
"""
