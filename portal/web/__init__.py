"""Plain HTTP beside the pages, listed in `routes`: the `register`, the `door` of a meeting, `signing` posts, sign-in under `accounts`, `downloads` behind a session check.

`routes.routes` is the way in. `hosts` and `headers` stand before every answer, `visitors` says who asks, `forms` reads what
was posted, `plain_page` draws what has no Streamlit, `faults` answers where nothing else does.
"""
