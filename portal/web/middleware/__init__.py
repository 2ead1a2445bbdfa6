"""What stands before every answer, pages and plain routes alike: which names are served, headers, and a page where nothing answers.

`hosts.KnownHosts` is the way in, then `headers.SecurityHeaders`; `faults.PlainFaults` answers where something went wrong.
"""
