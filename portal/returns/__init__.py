"""Quarterly returns (s11, App 1).

`command` and `service.upload_check` send a file to the `worker`, which takes it through `pipeline`: `tables` finds
the data, `matching` names the columns, `treatment` recodes and scans, `report` says what was done. `service` keeps
what was sent, `review` compares it.
"""
