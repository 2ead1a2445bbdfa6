"""What is done: the rooms of the portal, from the ground up (see README, Where things are)."""
