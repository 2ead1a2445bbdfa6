"""Requests on the screen: fields of a question, the request, the decision, what comes after."""
