"""Meetings on the screen: `meeting.meetings_table` and one meeting, `joining` by its code, `members`, `minutes`, `scans`."""
