"""The door of a meeting over plain HTTP: /m, on any phone, without an account or a script.

`routes.door` asks for the code and `routes.posted` signs, on pages that `page` draws in a `language`. `drawn_signature` takes
one by finger, `known_phone` knows who signed before, `tablet` goes round, `name_correction` puts a name right, `urgent_wish` asks the Chair,
`resumed_form` keeps what was typed for a code that has closed.
"""
