"""Who may sign, signing, the register, suspension; the life of editions."""
