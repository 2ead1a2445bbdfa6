"""Returns on the screen: `view.understood` and its kin show a checked file, `check` asks what only the sender can answer.

`problems` are mended on the page, `grid` takes typed counts, `wordings` an office's own words; `parts` and `query` are of a return
that was sent.
"""
