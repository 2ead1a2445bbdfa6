"""The audit chain and the outbox.

`audit.record` writes an entry in the transaction of its change, under a name that `events` knows, with the `row_digests` of
what it changed; `audit.verify` walks the chain, `kept_head` holds its head outside the store, `export` writes it to a file.
`outbox.post` queues a message in the same transaction, and `delivery` sends it afterwards.
"""
