"""Notices to the Chair: suspension, return, termination (s14), and where an organisation stands (`standing`), the gate that other rooms call."""
