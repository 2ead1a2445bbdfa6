"""Writing a request: the ten contents as tasks, their questions and fields, the draft."""
