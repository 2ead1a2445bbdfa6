"""Every check and test of the project."""
