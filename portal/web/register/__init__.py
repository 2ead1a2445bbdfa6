"""The public register over plain HTTP: JSON, CSV, HTML, feed and badge."""
