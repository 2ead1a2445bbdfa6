"""The limited child process that reads files, the pool that keeps one ready, and the watch on its memory."""
