"""Statements, access requests, privacy notices and incidents on the screen."""
