"""Authentication: password, second factor, session, secret links. The way in is `sign_in`."""
