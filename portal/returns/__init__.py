"""Quarterly returns (s11, App 1).

`command` and `service.upload_check.check` give a file to `pipeline`, which has a limited child process take it on: `tables` finds
the data, `matching` names the columns, `treatment` recodes and scans, `report` says what was done. `service` keeps
what was sent, `review` compares it.
"""
