"""Every PDF the portal issues, one module a paper; `layout` sets it, `seal` signs and verifies it.

The way in is `seal.issuing.issue`.
"""
