"""The forms and markings of the agreement: the ten contents of a request, who may stay at a meeting, how marked papers are handled, where facts may be sent."""
