"""The grammars of kept words."""
