"""What people type, checked once: days and times, web addresses, words that must be given."""
