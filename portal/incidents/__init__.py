"""Personal data breaches (s9): reported in two minutes, told at once, followed to closing."""
