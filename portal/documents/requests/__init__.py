"""The papers of a request: the written `request` and its answer, the certificate of `destruction`, the `audit_pack`.

`request.request_paper` is the way in.
"""
