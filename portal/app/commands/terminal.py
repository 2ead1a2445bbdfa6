"""What every command shares: how it is described, and a line for the person at the terminal."""

import argparse
import sys
from collections.abc import Callable
from typing import Any, TextIO, TypeAlias

Arguments = argparse.Namespace
Commands: TypeAlias = "argparse._SubParsersAction[Any]"  # noqa: SLF001 - argparse gives it no public name


def add(commands: Commands, name: str, does: str, function: Callable[[Arguments], int]) -> argparse.ArgumentParser:
    """Describe one command: what it `does` in a line, and the function that returns its exit code."""
    added: argparse.ArgumentParser = commands.add_parser(name, help=does, description=does)
    added.set_defaults(command=function)
    return added


def say(sentence: str, stream: TextIO | None = None) -> None:
    """Print one line for the person at the terminal."""
    print(sentence, file=stream or sys.stdout)
