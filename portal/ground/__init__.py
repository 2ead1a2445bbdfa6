"""What every room stands on: the context of an act (`act`), who may do what (`access`), the store (`database`), encryption (`vault`), errors, drafts, rate limits, settings, the working `calendar`, wording; `process` opens it all once.

The way in is `act.Act`, the first argument of every service.
"""
