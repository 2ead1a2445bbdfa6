"""What is done: the rooms of the portal. `docs/architecture.md` maps them from the ground up, and says where each thing is."""

VERSION = "0.2.0"
