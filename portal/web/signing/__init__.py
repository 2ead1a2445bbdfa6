"""The small posts of a signing that put its token into a cookie."""
