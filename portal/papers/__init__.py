"""Papers: every PDF the portal issues, the seal on it, and the check of that seal. Knows only the ground."""
