"""The PAdES seal on a paper: `issuing.issue` seals it with the head of the record, `verification.verify` tells whether it is genuine and unaltered.

`seal` keeps the portal's key and makes the signature.
"""
