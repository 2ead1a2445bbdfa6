"""Every form of the portal as a paper to fill in by hand, drawn from the same definitions as its page.

`registry.paper_of` is the way in; `sheets`, `request` and `meeting_sheets` say what stands on each.
"""
