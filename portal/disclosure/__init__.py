"""A written request, its Section 4 check, and the answer to it (Sections 4 and 6)."""
