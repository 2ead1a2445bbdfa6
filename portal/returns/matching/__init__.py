"""Matching a file's columns to the schema of a data set: by name, by content, by what was confirmed before.

`schema.targets_of` lists what may be there, and `columns.match_columns`, the way in, finds it: by `column_names` (with
`heading_text` and `synonyms`), by `column_content` (with `value_shapes`), and by what was `remembered`. `category_aliases`
and `remembered_wordings` do the same for words of a category; `questions` asks what is not guessed.
"""
