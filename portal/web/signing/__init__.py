"""The small posts of a signing that put its token into a cookie: `posts.begin_signing` and `posts.continue_signing`."""
