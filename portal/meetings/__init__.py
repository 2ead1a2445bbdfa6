"""Joint Action Group meetings (s10, App 2, 3, 6): `planning`, `check_in` at the door, `undertakings`, the `closed_session`, `minutes`."""
