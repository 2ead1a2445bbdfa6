"""The audit chain and the outbox."""
