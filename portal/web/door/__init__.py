"""The door of a meeting over plain HTTP: /m, on any phone, without an account or a script."""
