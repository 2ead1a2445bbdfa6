"""The log of access requests: freedom of information and subject access (s5, s15), their clocks, partner views, decisions."""
