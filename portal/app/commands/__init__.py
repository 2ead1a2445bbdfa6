"""The commands of the portal, by what they are for.

`command_line.run` is the way in: it reads what was asked and calls the command. `serving` serves, `maintenance` looks after the
store, its keys and its backups, `checking` answers a question. Rooms with a command of their own describe it themselves.
"""
