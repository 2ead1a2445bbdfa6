"""Plain HTTP beside the pages, listed in `routes`: the `register`, the `door` of a meeting, `signing` posts, sign-in under `accounts`, `downloads` behind a session check."""
