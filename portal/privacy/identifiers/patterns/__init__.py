"""Identifiers that are told by their shape (numbers, e-mail, plates), each with its validator and check digit.

`every.SHAPES` lists them in the order in which they are tried: `online`, `personal`, `things`. `pattern` says what a shape
is, `validators` and `checksums` what it must also be.
"""
