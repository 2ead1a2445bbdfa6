"""The whole way of a file from bytes to an outcome.

`depersonalise.depersonalise` is the way in; it sends the `worker_job` to the limited child, where `stages` takes it on:
`corrections`, `assemble`, `related_datasets`, `split`, `quarter_check`, `combine`. `options` go with a file the whole way,
`progress` is what is known of it on the way, `outcomes` what came of it.
"""
