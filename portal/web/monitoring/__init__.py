"""Whether the portal works, for whoever runs it: no words, no people, counts alone.

`health.healthz` is the way in; `metrics` gives figures to whoever has the token.
"""
