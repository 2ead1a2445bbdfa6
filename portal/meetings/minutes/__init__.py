"""Agenda, minutes, actions and the restricted appendix: written, scanned for what points to a person, circulated, published."""
