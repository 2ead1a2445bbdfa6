"""What a kept cell of words may be made of: positive grammars, so that what is not known to be harmless does not stay.

In this order: `gazetteer` and `lists` hold what is known (places of the country, a partnership's own lists, which
`local_lists` checks and reads), `roles` says what part each word can play, `tokens` reads a text as such parts and
`patterns` looks for rows of them, `segments` parts a place by them; `place`, `area`, `school` and `category` hold one grammar each, `sensitive` knows the
places of which nothing but the area stays. `columns.judged` applies a grammar to a whole column, and is the way in. A
grammar gives what of a text stays; cleaning what stays changes nothing.
"""
