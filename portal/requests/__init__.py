"""Requests for personal information (Sections 4 and 6): `forms` to ask, `exchange` until decided, `after_disclosure`, `depersonalised` requests, `audit_pack`.

The ways in: `exchange.sending.send_request`, `exchange.deciding.decide`, and `views.open_request` for reading. `case` is a request as plain data,
`keys` the key that each has of its own, `entitlement` who may see it, `participants` who may ask and be asked, `status` whose
turn it is, `thread` what is said to and fro, `papers` what is written and sealed, `consents` what the person agreed to.
"""
