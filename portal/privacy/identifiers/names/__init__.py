"""People's names: cues, runs of words told by lists, and the phrases that look like names and are places."""
