"""Meetings: the door, the undertakings, attendance."""
