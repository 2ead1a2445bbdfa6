"""Every PDF the portal issues, one module a paper; `layout` sets it, `seal` signs and verifies it.

`requests` and `meetings` hold the papers of those. The way in is `seal.issuing.issue`.
"""
