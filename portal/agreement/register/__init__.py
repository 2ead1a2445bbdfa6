"""The public register of signatories: search, entries as of any day, feed, organisations, places of publication."""
