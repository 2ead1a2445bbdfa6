"""Identifiers that are told by their shape (numbers, e-mail, plates), each with its validator and check digit.

`every` lists them in the order in which they are tried.
"""
