"""Matching a file's columns to the schema of a data set: by name, by content, by what was confirmed before."""
