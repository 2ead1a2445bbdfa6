"""Consent as a record (s6, Sensitive Data): `recording.record_consent` keeps who agreed, when, how and the evidence, that they took it back, and what each side did then.

Where the holder shares because the person agreed, `views.missing_consent` says what is not recorded yet.
"""
