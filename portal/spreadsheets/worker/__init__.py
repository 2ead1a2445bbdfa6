"""The limited child process that reads files and does one job with each.

`limited.read_limited` is the way in, `worker` the child, `worker_pool` keeps one ready, `memory_watch` ends one that takes too much.
"""
