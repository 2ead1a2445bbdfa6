"""Statements, access requests, privacy notices and breaches on the screen.

`view.show_statements` and its kin; `posts` of those who run a sharing; `access_request`, `privacy_notice` and `breach` one each.
"""
