"""House rules that no linter knows."""

import ast
import re
import sys
import tomllib
from collections import Counter
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from vulture import Vulture

from portal import VERSION
from portal.ground.page_access import PAGES
from portal.ground.settings import ROOT
from tests.architecture import rooms, with_map

CODE = [p for folder in ("portal", "models", "pages") for p in (ROOT / folder).rglob("*.py")]
SCREENS = sorted(p for p in (ROOT / "pages").rglob("*.py") if p.name != "__init__.py")


@pytest.mark.parametrize("screen", SCREENS, ids=lambda p: p.stem)
def test_a_page_is_short_and_says_which_screen_it_is(screen):
    text = screen.read_text(encoding="utf-8")
    assert text.startswith('"""Screen: ')
    assert len(text.splitlines()) <= 80


def test_every_screen_is_in_the_table_and_every_row_has_its_screen():
    assert {ROOT / "pages" / page.file for page in PAGES} == set(SCREENS)
    assert len({page.address for page in PAGES}) == len(PAGES)


@pytest.mark.threat("SC7")
def test_no_module_of_ours_shadows_the_standard_library():
    assert not {p.stem for p in (ROOT / "portal").iterdir()} & set(sys.stdlib_module_names)


@pytest.mark.parametrize("file", CODE, ids=lambda p: str(p.relative_to(ROOT)))
def test_code_holds_no_promise_unsafe_html_or_handmade_sql(file):
    text = file.read_text(encoding="utf-8")
    assert not re.search(r"\b(TODO|FIXME|XXX|HACK)\b", text)
    assert "unsafe_allow_html" not in text
    if file.parts[len(ROOT.parts)] == "pages":
        assert "st.html(" not in text, "HTML is made in portal/ui, where it is escaped"
        assert "switch_page" not in text, "portal/ui/flow leads on, by address: a page that moves would be lost"
        assert not re.search(r"session_state.*\.done\b", text), "portal/ui/flow keeps what was done and says it, once"
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") in {"exec", "execute", "exec_driver_sql"}:
            assert not any(isinstance(argument, ast.JoinedStr) for argument in node.args) or file.name == "database.py"


def _is_form(node):
    return isinstance(node, ast.With) and any(
        getattr(getattr(item.context_expr, "func", None), "attr", "") == "form" for item in node.items
    )


DRAWN = [*SCREENS, *sorted((ROOT / "portal" / "ui").rglob("*.py"))]


@pytest.mark.parametrize("file", DRAWN, ids=lambda p: str(p.relative_to(ROOT)))
def test_a_field_outside_a_form_says_whether_leaving_it_draws_the_page_anew(file):
    # By default it does, under the button that is being pressed: "ignore" where a button follows, "rerun" for a search.
    tree = ast.parse(file.read_text(encoding="utf-8"))
    waits = {id(inner) for form in ast.walk(tree) if _is_form(form) for inner in ast.walk(form)}
    silent = [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and getattr(node.func, "attr", "") in {"text_input", "text_area"}
        and id(node) not in waits
        and "on_change" not in {word.arg for word in node.keywords}
    ]
    assert silent == []


@pytest.mark.parametrize("file", DRAWN, ids=lambda p: str(p.relative_to(ROOT)))
def test_a_field_for_a_file_says_itself_how_big_one_may_be(file):
    # Left to the framework it names the limit of a return, and the file is refused only once it was sent.
    calls = [node for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)]
    fields = [one for one in calls if getattr(one.func, "attr", "") == "file_uploader"]
    assert [one.lineno for one in fields if "max_upload_size" not in {word.arg for word in one.keywords}] == []


@pytest.mark.threat("PR3")
def test_caches_hold_nothing_personal():
    users = [p for p in CODE if re.search(r"cache_data|cache_resource", p.read_text(encoding="utf-8"))]
    assert all(p.is_relative_to(ROOT / "portal" / "ui") for p in users)


@pytest.mark.threat("DE3")
@pytest.mark.threat("PR9")
def test_the_framework_runs_with_safe_values():
    config = tomllib.loads((ROOT / "portal" / "app" / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    assert config["browser"]["gatherUsageStats"] is False
    assert config["runner"]["magicEnabled"] is False
    assert config["client"] == {
        "allowedOrigins": [],
        "showErrorDetails": "none",
        "showErrorLinks": False,
        "toolbarMode": "minimal",
    }
    server = config["server"]
    assert (
        server["enableCORS"],
        server["enableXsrfProtection"],
        server["enableAgentApi"],
        server["enableStaticServing"],
    ) == (True, True, False, False)
    assert (server["fileWatcherType"], server["disconnectedSessionTTL"]) == ("none", 120)
    assert config["runner"]["postScriptGC"] is False


@pytest.mark.parametrize("name", ["requirements.in", "requirements-dev.in"])
def test_each_direct_requirement_says_why_and_is_pinned_with_hashes(name):
    pinned = (ROOT / name.replace(".in", ".txt")).read_text(encoding="utf-8")
    for line in (ROOT / name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith(("#", "-")):
            requirement, _, why = line.partition("#")
            name_only = re.split(r"[=<>\[ ]", requirement)[0]
            assert why.strip(), line
            assert re.search(rf"^{re.escape(name_only)}(\[.*\])?==.*\n\s+--hash", pinned, re.MULTILINE), name_only


def test_the_readme_is_short_and_its_pictures_exist():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 150
    for picture in re.findall(r"\]\((docs/[^)]+\.png)\)", text):
        assert (ROOT / picture).is_file(), picture


def test_nothing_in_the_project_names_a_machine_of_its_makers():
    marks = re.compile("/work" + "/(main|shared)|" + r"\.lib" + "rary|/farm" + "/|/tmp/bash" + "_")
    kept = [
        p
        for p in ROOT.rglob("*")
        if p.suffix in {".py", ".md", ".toml", ".in", ".txt", ".css", ".js"}
        and not {".venv", "data", ".git"} & set(p.relative_to(ROOT).parts[:1])
    ]
    assert [str(p) for p in kept if marks.search(p.read_text(encoding="utf-8", errors="ignore"))] == []


def test_the_tree_is_the_owners():
    assert {"portal", "pages", "models", "tests", "requirements.txt", "README.md"} <= {
        p.name for p in Path(ROOT).iterdir()
    }


@pytest.mark.parametrize("name", ["requirements.in", "requirements-dev.in"])
def test_all_that_a_pinned_package_needs_is_pinned_too_also_through_an_extra(name):
    # The set-up installs with --no-deps: what is not in the file is not installed, and nothing says so.
    text = "\n".join((ROOT / f).read_text(encoding="utf-8") for f in ("requirements.txt", name.replace(".in", ".txt")))
    lines = re.findall(r"^(\S+?)(?:\[[^]]*\])?==([^\s;]+)", text, re.MULTILINE)
    pins = {canonicalize_name(package): version for package, version in lines}
    wanted = [(package, "") for package in pins]
    seen = set()
    while wanted:
        package, extra = wanted.pop()
        if (package, extra) in seen or not _is_installed(package):
            continue
        seen.add((package, extra))
        for line in distribution(package).requires or []:
            needed = Requirement(line)
            if needed.marker and not needed.marker.evaluate({"extra": extra}):
                continue
            dependency = canonicalize_name(needed.name)
            assert dependency in pins, f"{package}[{extra}] needs {line}"
            assert needed.specifier.contains(pins[dependency], prereleases=True), f"{package} needs {line}"
            wanted += [(dependency, inner) for inner in needed.extras]
    assert len(seen) >= len(pins) * 0.6  # the rest is for other systems


def _is_installed(package):
    try:
        return bool(distribution(package))
    except PackageNotFoundError:
        return False


def test_the_set_up_asks_pip_to_resolve_nothing():
    assert {"--no-deps", "--require-hashes"} <= set(
        re.findall(r'"(--[a-z-]+)"', (ROOT / "portal" / "app" / "bootstrap.py").read_text(encoding="utf-8"))
    )


def test_the_version_is_one():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["version"] == VERSION
    assert f"## {VERSION}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


CLASSES = Counter(
    node.name
    for file in CODE
    for node in ast.parse(file.read_text(encoding="utf-8")).body
    if isinstance(node, ast.ClassDef)
)


def test_a_class_name_stands_for_one_class():
    assert [name for name, count in CLASSES.items() if count > 1] == []


def test_no_screen_says_the_name_of_a_class():
    """A renaming had put 'IssuedPrivacyNotice' where a page said 'Made'."""
    names = {name for name in CLASSES if re.search("[a-z][A-Z]", name)}
    said = {
        f"{path.relative_to(ROOT)}:{node.lineno}: {node.value}"
        for folder in ("pages", "portal/ui", "portal/web", "portal/documents")
        for path in (ROOT / folder).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value in names
    }
    assert not said


ROOMS = sorted({file.parent for file in CODE})


@pytest.mark.parametrize("room", ROOMS, ids=lambda p: str(p.relative_to(ROOT)))
def test_a_room_is_small_and_says_what_it_is_for(room):
    modules = [p for p in room.glob("*.py") if p.name != "__init__.py"]
    most = 24 if room == ROOT / "models" else 12  # models: one file a noun
    assert len(modules) <= most, (
        f"{room} has {len(modules)} modules: make a room within it of those that belong together"
    )
    if room.is_relative_to(ROOT / "portal"):
        docstring = ast.get_docstring(ast.parse((room / "__init__.py").read_text(encoding="utf-8")))
        named = re.findall(r"`([\w./]+)`", docstring or "")
        assert [name for name in named if not _is_there(room, name)] == []
        # Beside what each module is for, the function (or class, or list) that is the way in.
        assert room == ROOT / "portal" or any(_is_there(room, name) == "name" for name in named)


def _is_there(room, name):
    """Tell what a room's docstring names: a 'file' or a module of its own or of another room, or a 'name' in one."""
    if "/" in name or (room / name).is_file():
        return "file" if (ROOT / name).exists() or (room / name).exists() else ""
    here, parts = (ROOT if name.startswith("portal.") else room), name.split(".")
    while parts and (here / parts[0]).is_dir():
        here /= parts.pop(0)
    if not parts:
        return "file"
    module = here / f"{parts[0]}.py"
    if len(parts) == 1 or not module.is_file():
        return "file" if module.is_file() else ""
    tree = ast.parse(module.read_text(encoding="utf-8"))
    defined = {
        each.name for each in tree.body if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
    }
    defined |= {each.target.id for each in tree.body if isinstance(each, ast.AnnAssign)}
    return "name" if parts[1] in defined else ""


PAPERS = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]


# What a data protection officer, a statistician and a records manager search for.
HANDBOOK = (
    "data subject", "controller", "DPIA", "record of processing", "personal data breach", "subject access", "consent",
    "special category", "retention schedule", "retention and disposal", "audit trail", "handling caveat", "marking",
    "k-anonymity", "quasi-identifier", "disclosure control", "small number suppression", "threshold",
)  # fmt: skip


@pytest.mark.parametrize("word", HANDBOOK)
def test_a_word_of_the_handbooks_leads_to_a_place_of_ours(word):
    lines = [
        line
        for paper in ("glossary.md", "architecture.md")
        for line in (ROOT / "docs" / paper).read_text(encoding="utf-8").splitlines()
        if line.startswith("|")
    ]
    assert [line for line in lines if word.lower() in line.lower()]


@pytest.mark.parametrize("paper", PAPERS, ids=lambda p: p.stem)
def test_what_a_paper_points_to_exists(paper):
    text = paper.read_text(encoding="utf-8")
    named = re.findall(r"`((?:portal|pages|models|tests|docs|migrations)/[\w./-]*\w/?)`", text)
    assert [name for name in named if not (ROOT / name).exists()] == []
    functions = re.findall(r"`(\w+)`(?: and `(\w+)`)? in `([\w/]+\.py)`", text)
    missing = [
        (name, file)
        for *names, file in functions
        for name in names
        if name and f"def {name}(" not in (ROOT / file).read_text(encoding="utf-8")
    ]
    assert missing == []


def test_code_and_rules_name_no_paper_that_is_not_here():
    # The comments of 2009 stay: its seal is over the bytes, and a new seal would be a new text of what people have signed.
    papers = {
        path.name
        for folder in ("", "docs", "docs/decisions", "portal/privacy/data")
        for path in (ROOT / folder).glob("*.md")
    }
    papers |= {"agreement.md", "2026.md"}  # an edition's own words, and as they are taken out
    files = [path for path in (ROOT / "portal").rglob("*.toml") if "2009" not in path.parent.name]
    files += [
        *CODE,
        *(ROOT / "migrations").rglob("*.py"),
        *(ROOT / "tests").rglob("*.py"),
        ROOT / "docs" / "clauses.toml",
    ]
    found = {
        (str(path.relative_to(ROOT)), name)
        for path in files
        for name in re.findall(r"[\w-]+\.md\b", path.read_text(encoding="utf-8"))
    }
    assert {each for each in found if each[1] not in papers} == set()


def test_the_map_of_the_house_is_as_the_imports_are():
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    assert with_map(page) == page, "python3 -m tests architecture"
    assert all(f"`{room}/`" in page for room in rooms())


# Called by name, by a framework, or through another process.
CALLED_FROM_OUTSIDE = {
    "enableCallbacks": "HiGHS calls it",
    "footer": "fpdf2 calls it at the end of each page",
    "_update_meta": "fontTools calls it",
    "plain_table": "the worker runs it by its dotted name",
    **dict.fromkeys(("rows_of", "names_of", "hashes_of"), "the limited child calls it by its name"),
    "check_credentials": "streamlit-authenticator calls it",
    **dict.fromkeys(("handle_data", "handle_startendtag", "unknown_decl"), "html.parser calls it"),
    "_record_failed_login_attempts": "streamlit-authenticator calls it",
    **dict.fromkeys(("pupils", "young_people", "adults"), "the treatment policy names the bands of a data set"),
    "response": "`facts` walks every table of an edition",
    **dict.fromkeys(
        ("unique_percent", "below_percent", "below_threshold", "shared_groups"),
        "report.json tells it, for other programs",
    ),
    "by_someone_alone": "the attack says how it got there",
}


def test_nothing_is_kept_alive_by_tests_alone():
    # A key of the rules' data is a field of a class, so one that no code reads is found here too.
    scavenger = Vulture()
    scavenger.scavenge([str(ROOT / folder) for folder in ("portal", "models", "pages", "migrations/env.py")])
    kinds = {"function", "class", "method", "property", "import", "variable"}
    unused = [item for item in scavenger.get_unused_code(min_confidence=60) if item.typ in kinds]
    # What a table remembers and only the record's export tells again is the store's, not dead.
    found = {item.name for item in unused if item.typ != "variable" or ROOT / "models" not in item.filename.parents}
    assert found - set(CALLED_FROM_OUTSIDE) == set()


def test_every_threat_has_an_attack_that_names_it_or_a_line_that_says_why_not():
    known = set(tomllib.loads((ROOT / "docs" / "threats.toml").read_text(encoding="utf-8"))["threats"])
    page = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
    excused = set(re.findall(r"^\| ([A-Z]{2}\d+) [^|]*\|", page.partition("## Without an attack")[2], re.MULTILINE))
    attacked = set()
    for path in (ROOT / "tests").rglob("test_*.py"):
        attacked |= set(re.findall(r'mark\.threat\("(\w+)"\)', path.read_text(encoding="utf-8")))
    assert known - attacked - excused == set()
    told = "\n".join(file.read_text(encoding="utf-8") for file in CODE)
    assert set(re.findall(r"\(threats? (\w+)", told)) - known == set()
    assert attacked | excused == known
    assert attacked & excused == set()
    assert len(known) == 107


def test_every_attack_that_the_security_page_names_exists():
    named = set(re.findall(r"`(test_\w+)`", (ROOT / "docs" / "security.md").read_text(encoding="utf-8")))
    found = set()
    for path in (ROOT / "tests").rglob("test_*.py"):
        found |= set(re.findall(r"^\s*(?:async )?def (test_\w+)", path.read_text(encoding="utf-8"), re.MULTILINE))
    assert named - found == set()
    assert len(named) > 30
