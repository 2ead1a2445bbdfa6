"""The life of an organisation on the list: added, renamed, of another kind, closed, made part of another, split.

`changes.add` is the way in; `closing.close` ends one, or puts it into another, and `splitting.split` makes several of one.
"""
