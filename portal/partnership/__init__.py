"""The partnership itself: set-up on the first day (`set_up`), what changes afterwards (`changes`), the blanks of the agreement, logo and colours."""
