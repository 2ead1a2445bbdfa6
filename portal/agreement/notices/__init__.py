"""Notices to the Chair: suspension, return, termination (s14), and where an organisation stands.

`notices.give_notice` is the way in. `standing` holds what follows: `standing.require_active` is the gate that other rooms call.
"""
