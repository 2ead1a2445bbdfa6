"""CSV and its kin: text with a separator between the cells, in whatever encoding an office writes it.

`delimited.read_delimited` is the way in; `decoding` makes text of the bytes.
"""
