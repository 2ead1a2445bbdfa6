"""Authentication: password, second factor, session, secret links.

The way in is `sign_in.sign_in`: it asks `passwords`, then `second_factor` or `recovery_codes`, then begins one of the
`sessions`; `sign_in_with` does the same through one of the `providers` (OpenID Connect). `known_browsers` keeps strangers'
tries from locking a person out; `secret_links` and `password_reset` are for whoever cannot come in.
"""
