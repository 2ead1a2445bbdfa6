"""What one running process has: its store and settings, opened once, its logs, and the files that it writes for somebody.

`runtime.start` is the way in, and `runtime.running` for whoever serves people; `logs` writes ids and kinds, never a person's words;
`whole_file` writes a file whole or not at all.
"""
