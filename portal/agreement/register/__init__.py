"""The public register of signatories: search, entries as of any day, feed, organisations, places of publication.

The way in for reading is `public_register.register`; `search` reads what was looked for out of an address, `matching` forgives
slips, `look_alikes` warns of names that only look the same. For the list itself: `organisations.find_or_add`, its
`lifecycle`, and `list_reading` with `list_import` for many at once. `partners` are today's signatories, `feed`
the newest changes, `publication` where each publishes the agreement.
"""
