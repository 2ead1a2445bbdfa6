"""Meetings: planning, the door, the undertakings, attendance, the Chair's checklist and the kept list (s10, App 2, 3, 6)."""
