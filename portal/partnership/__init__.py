"""The partnership itself: set-up on the first day (`set_up.set_up`), what changes afterwards (`changes`), the `blanks` of the agreement, logo and colours.

`places` are the lists it loads; `logos` and `colours` check what it looks like.
"""
