"""Plain HTTP beside the pages, listed in `routes`: the `register`, the `door` of a meeting, `signing` posts, sign-in under `accounts`, `public` files, `downloads` behind a session check.

`routes.routes` is the way in. `middleware` stands before every answer, `visitors` says who asks, `forms` reads what was
posted, `plain_page` draws what has no Streamlit, `shell` is what Streamlit's pages stand in, `monitoring` says how it goes.
"""
