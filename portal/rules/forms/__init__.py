"""The forms and markings of the agreement, read from an edition.

The ten contents of a request (`requests.request_contents`), who may stay at a meeting (`attendance.entitlement`), how marked papers are
handled (`handling.how_to_handle`), where facts may be sent (`secure_reply.secure_reply`).
"""
