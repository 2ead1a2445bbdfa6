"""The agreement as data, by edition, and the pure functions over it: no store, no web, no clock."""
