"""Returns as the officer reviews them: comparison with earlier quarters, questions and answers."""
