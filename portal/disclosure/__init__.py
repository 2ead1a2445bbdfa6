"""A request for information about a person: asking, checking, deciding, answering."""
