"""Take quarterly returns: open what an office sends, understand it, and keep only what identifies nobody."""
