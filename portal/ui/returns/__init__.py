"""Returns on the screen: the upload check, problems, typed counts, questions."""
