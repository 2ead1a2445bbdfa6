"""The whole way of a file from bytes to an outcome: `depersonalise` is the way in, `stages` its order inside the worker."""
