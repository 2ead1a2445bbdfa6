"""The audit chain and the outbox.

`audit.record` writes an entry in the transaction of its change; `outbox.post` queues a message there.
"""
