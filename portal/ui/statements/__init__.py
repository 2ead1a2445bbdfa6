"""Statements, access requests, privacy notices and incidents on the screen.

`view.show_statements` and its kin; `posts` of those who run a sharing; `access_request`, `privacy_notice` and `incident` one each.
"""
