"""An edition of the agreement: sealed folders of data, read once into frozen types.

The way in is `editions.edition`.
"""
