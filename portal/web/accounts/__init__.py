"""Signing in and out over plain HTTP, and the doors that a secret link opens."""
