"""Joint Action Group meetings (s10, App 2, 3, 6): `planning`, `check_in` at the door, `undertakings`, the `closed_session`, `minutes`.

The ways in: `planning.plan.plan`, `check_in.signing.sign`, and `meeting.meeting` for whoever may see one. `kept_papers`
seals and keeps what is issued; `retention` deletes names at the end of `retention_periods`.
"""
