"""The test command: `python3 -m tests` sets itself up on a fresh machine, then runs every check and test."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from portal.app import bootstrap

ROOT = Path(__file__).resolve().parent.parent
USAGE = "python3 -m tests [check | supply | unit | coverage | browser | bench | breaks | screenshots | guides | walk | mutate | architecture] [pytest's own arguments]"
CODE = ["portal", "models", "pages", "migrations/env.py", "tests"]
LEAST_REACHED = 93.0  # of each hundred lines and branches; every line of a statement of several counts
MOST_NAMED = 12  # files, and places in each, that no test reaches
LAYERS = {"unit": ("-m", "not browser"), "coverage": ("-m", "not browser"), "browser": ("-m", "browser")}
CHECKS = (
    ["ruff", "check", *CODE],
    ["ruff", "format", "--check", *CODE],
    ["mypy"],
    ["importlinter.cli"],
)


def main() -> int:
    """Enter the environment, then do what was asked; returns the exit code."""
    bootstrap.enter("tests", sys.argv[1:], "requirements.txt", "requirements-dev.txt")
    os.chdir(ROOT)
    asked, rest = (
        (sys.argv[1], sys.argv[2:]) if len(sys.argv) > 1 and not sys.argv[1].startswith("-") else ("all", sys.argv[1:])
    )
    match asked:
        case "check":
            return check()
        case "unit" | "coverage" | "browser":
            return tests(*LAYERS[asked], *rest, measured=asked == "coverage")
        case "all":
            with compiling():
                failed = check() or run("tests.supply")
            return failed or tests(*rest, measured=False)
        case "supply" | "bench" | "breaks" | "screenshots" | "guides" | "walk" | "mutate" | "architecture":
            return run(f"tests.{asked}", *rest)
    sys.stderr.write(USAGE + "\n")
    return 2


def compiling() -> subprocess.Popen[bytes]:
    """Compile the tests beside the checks, which use one processor: on a fresh machine each worker would do so for itself."""
    collect = [sys.executable, "-m", "pytest", "--collect-only", "-qq", "-p", "no:cacheprovider"]
    return subprocess.Popen(collect, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def check() -> int:
    """Lint, format, types, and the direction of imports; stops at the first that fails."""
    for module, *arguments in CHECKS:
        command = (
            [sys.executable, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"]
            if module == "importlinter.cli"
            else [sys.executable, "-m", module, *arguments]
        )
        sys.stdout.write(f"--- {module} {' '.join(arguments)}\n")
        sys.stdout.flush()
        code = subprocess.run(command, check=False, cwd=ROOT).returncode
        if code:
            return code
    return 0


def tests(*arguments: str, measured: bool) -> int:
    """Run pytest with a browser and a PostgreSQL of its own, where they can be had; say what no test reaches where `measured`."""
    from tests.machine import browser, fast_folder, postgres, proxy  # noqa: PLC0415 - needs the environment

    environment = dict(os.environ)
    found = browser()
    if found:
        environment["PORTAL_TEST_BROWSER"] = found
    environment["PORTAL_TEST_PROXY"] = proxy()
    with postgres() as url:
        if url:
            environment["PORTAL_TEST_POSTGRES"] = url
        if os.environ.get("CI") and not (found and url):
            sys.stderr.write(
                "A browser and PostgreSQL must be had where CI is set; the tests that need them may not be skipped.\n"
            )
            return 1
        paths = [a for a in arguments if not a.startswith("-") and (ROOT / a.split("::")[0]).exists()]
        # In the order of their names, journeys early: by themselves the workers leave the longest files to the end.
        # Three on two processors: a journey waits for its browser a third of its time.
        workers = [] if paths or "-n" in arguments else ["-n", "3", "--dist", "loadfile", "--no-loadscope-reorder"]
        with tempfile.TemporaryDirectory(prefix="portal-tests-", dir=fast_folder()) as folder:
            told = Path(folder) / "reach.json"
            reach = ["slipcover", "--out", str(told), "-m"] if measured else []
            code = run(*reach, "pytest", *workers, f"--basetemp={folder}/tests", *arguments, environment=environment)
            return code if code or not measured else reached(told)


def reached(told: Path) -> int:
    """Say what no test reaches, most first; returns 1 where too little is reached.

    slipcover's own `--fail-under` reads what the workers wrote and throws it away, so that its report lacks it.
    """
    coverage = json.loads(told.read_text(encoding="utf-8"))
    missing = {
        file: [*of["missing_lines"], *(f"{line}->{to}" for line, to in of["missing_branches"])]
        for file, of in coverage["files"].items()
    }
    for file, where in sorted(missing.items(), key=lambda each: -len(each[1]))[:MOST_NAMED]:
        sys.stdout.write(f"{file} {len(where)}: {', '.join(str(one) for one in where[:MOST_NAMED])}\n")
    percent = coverage["summary"]["percent_covered"]
    sys.stdout.write(f"{percent:.1f} % of lines and branches are reached; at least {LEAST_REACHED} must be.\n")
    return int(percent < LEAST_REACHED)


def run(module: str, *arguments: str, environment: dict[str, str] | None = None) -> int:
    """Run a module of the environment; returns its exit code."""
    return subprocess.run([sys.executable, "-m", module, *arguments], check=False, cwd=ROOT, env=environment).returncode


if __name__ == "__main__":
    sys.exit(main())
