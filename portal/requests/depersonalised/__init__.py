"""Requests for depersonalised data, which need no Section 4 check (s6): asking, answering, and the check that nothing in them points to a person."""
