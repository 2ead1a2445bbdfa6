"""Every form of the portal as a paper to fill in by hand, drawn from the same definitions as its page."""
