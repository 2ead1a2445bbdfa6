"""The PAdES seal on a paper: `issuing` seals it with the head of the record, `verification` tells whether it is genuine and unaltered."""
