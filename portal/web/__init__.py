"""Plain HTTP beside the pages: the register, the agreement, the door of a meeting, sessions, health."""
