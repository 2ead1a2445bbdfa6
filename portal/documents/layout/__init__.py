"""How a paper is set: `sheet` is the page with its marking and number, `letterhead` its head, `frame` title and signatures, `flow` the words.

A paper draws on `frame.Paper`, the way in. `prose` reads the Markdown of an edition, `pictures` makes logos and drawn signatures harmless,
`fonts` says what becomes of a letter that no font has.
"""
