"""The fictional demonstration partnership: two years of a county district, made only through the portal's own services.

`loading.load` is the way in. `stage` is what the scenes share; each scene then plays in turn: `accounts`, `signatures`,
`meetings` and `minutes`, `requests` and `after_disclosure`, `statements`, `returns` (with the `files` of real offices), `everyday`.
"""

from portal.demonstration.loading import load, people

__all__ = ["load", "people"]
