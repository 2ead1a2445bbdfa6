"""Requests for personal information (Sections 4 and 6): `forms` to ask, `exchange` until decided, `after_disclosure`, `depersonalised` requests, `audit_pack`."""
