"""What one running process has: its store and settings, opened once, and its logs.

`runtime.start` is the way in, and `runtime.running` for whoever serves people; `logs` writes ids and kinds, never a person's words.
"""
