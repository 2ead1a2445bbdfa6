"""Signing in and out over plain HTTP, and the doors that a secret link opens.

`sessions.session` is the only place that sets the session's cookie; `sign_in_page` is its form, `sign_in_with` the way
through a provider, `secret_links` the doors.
"""
