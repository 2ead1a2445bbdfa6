"""The audit chain and the outbox.

`audit.record` writes an entry in the transaction of its change, under a name that `events` knows, with the `row_digests` of
what it changed; `audit.verify` walks the chain, `kept_head` holds its head outside the store, `export` writes it to a file.
`letters.notify` fills one of the texts of `letters.toml`, and `outbox` queues it in the same transaction; `delivery` sends it
afterwards.
"""
