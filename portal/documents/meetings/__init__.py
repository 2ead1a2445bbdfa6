"""The papers of a meeting: the `signing_sheet` for the day, the list of `attendance`, the `minutes` with agenda and appendix.

`attendance.attendance_paper` is the way in.
"""
