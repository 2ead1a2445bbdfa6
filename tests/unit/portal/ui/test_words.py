"""Every word that a person typed goes through `plain` before a surface that renders Markdown. Read from the source."""

import ast
from functools import cache
from itertools import chain

import pytest

from portal.ground.settings import ROOT
from portal.ui.words import plain

SURFACES = frozenset(
    [
        "write",
        "markdown",
        "title",
        "header",
        "subheader",
        "caption",
        "success",
        "info",
        "warning",
        "error",
        "radio",
        "checkbox",
        "expander",
        "button",
        "form_submit_button",
        "link_button",
        "download_button",
        "page_link",
        "toast",
        "tabs",
        "popover",
        "status",
        "spinner",
        "text_input",
        "text_area",
        "selectbox",
        "multiselect",
        "number_input",
        "date_input",
        "file_uploader",
        "toggle",
        "pills",
        "segmented_control",
        "dialog",
        "metric",
    ]
)
SHOWN = frozenset({"label", "help", "captions", "format_func", "options", "body", "title"})
WITH_CHOICES = frozenset({"radio", "pills", "segmented_control", "tabs"})
DEEP = 4  # how far a name is followed
NO_MARKDOWN = frozenset({"selectbox", "multiselect"})  # their choices; their labels are
ESCAPES = frozenset(
    {"plain", "escaped", "day", "day_and_time", "clock", "counted", "len", "summary", "reading_minutes"}
)
# Fields of our own words: they come from the code, from an edition, or are made by the portal.
OWN_WORDS = frozenset(
    ["at", "done", "due", "hint", "id", "months", "number", "prompt", "reference", "role", "row", "status", "why"]
)
OWN_LAYOUT = {"portal/ui/agreement/edition_text.py"}  # the agreement's own text is written in Markdown


def sources():
    found = [*sorted((ROOT / "pages").rglob("*.py")), *sorted((ROOT / "portal" / "ui").rglob("*.py"))]
    return [path for path in found if str(path.relative_to(ROOT)) not in OWN_LAYOUT]


@cache
def text_fields():
    """Every field of text that a class of the models or of a service has."""
    found = set()
    for path in chain((ROOT / "models").rglob("*.py"), (ROOT / "portal").rglob("*.py")):
        for klass in (
            one for one in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(one, ast.ClassDef)
        ):
            found |= {
                one.target.id
                for one in klass.body
                if isinstance(one, ast.AnnAssign)
                and isinstance(one.target, ast.Name)
                and "str" in ast.unparse(one.annotation)
            }
    return found


def read_by(expression, known):  # noqa: PLR0911 - a case for each kind of expression
    """The parts of an expression whose words end on the screen; a name is followed to what it was set to."""
    match expression:
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)) if name in ESCAPES:
            return []
        case ast.Call(func=ast.Attribute(attr="get", value=mapping)):
            return [mapping]
        case ast.Call():
            return [*expression.args, *(one.value for one in expression.keywords)]
        case ast.Name(id=name):
            return known.get(name, [])
        case ast.Compare():
            return []
        case ast.Subscript(value=value):
            return [value]
        case ast.IfExp():
            return [expression.body, expression.orelse]
        case ast.Dict():
            return expression.values
        case ast.DictComp(value=shown) | ast.GeneratorExp(elt=shown) | ast.ListComp(elt=shown):
            return [shown]
        case _:
            return list(ast.iter_child_nodes(expression))


def typed_in(expression, known, depth=0):
    """The text fields in an expression that nothing escapes."""
    if isinstance(expression, ast.Attribute):
        return [expression.attr] if expression.attr in text_fields() - OWN_WORDS else []
    deeper = depth + isinstance(expression, ast.Name)
    return [one for part in read_by(expression, known) if deeper < DEEP for one in typed_in(part, known, deeper)]


def assigned(tree):
    known = {}
    for one in (one for one in ast.walk(tree) if isinstance(one, ast.Assign)):
        for target in one.targets:
            pairs = [(target, one.value)]
            if isinstance(target, ast.Tuple) and isinstance(one.value, ast.Tuple):
                pairs = zip(target.elts, one.value.elts, strict=False)
            for name, value in pairs:
                if isinstance(name, ast.Name):
                    known.setdefault(name.id, []).append(value)
    return known


def rendered(call):
    """What a call shows as Markdown: its first argument, choices that nothing formats, and what is named so."""
    surface, named = call.func.attr, {one.arg: one.value for one in call.keywords}
    yield from call.args[:1]
    if surface in WITH_CHOICES and "format_func" not in named:
        yield from call.args[1:2]
    for name, value in named.items():
        if name in SHOWN and not (surface in NO_MARKDOWN and name != "label"):
            yield value


def shown_on_markdown(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    known = assigned(tree)
    for call in ast.walk(tree):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr in SURFACES:
            for field in chain.from_iterable(typed_in(part, known) for part in rendered(call)):
                yield f"{path.relative_to(ROOT)}:{call.lineno} shows .{field} by {call.func.attr}"


@pytest.mark.threat("IN1")
def test_no_typed_words_reach_a_markdown_surface_unescaped():
    assert [line for path in sources() for line in shown_on_markdown(path)] == []


def test_no_words_are_escaped_twice():
    # These write HTML and escape it themselves: words made plain for Markdown would show their backslashes.
    own = {"panel", "inset", "facts", "answers", "table", "links", "link_button", "LinkTo", "Tag", "done", "say_done"}
    twice = [
        f"{path.relative_to(ROOT)}:{call.lineno}"
        for path in sources()
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") in own
        for part in ast.walk(call)
        if isinstance(part, ast.Call) and getattr(part.func, "id", "") == "plain"
    ]
    assert twice == []


@pytest.mark.parametrize(
    ("typed", "escaped"),
    [
        ("a*b", "a\\*b"),
        ("https://x.y", "http\u2060s\\:\\/\\/x\\.y"),
        ("WWW.x", "WWW\u2060\\.x"),
        ("a@b.c", "a\u2060\\@b\\.c"),
    ],
)
def test_markup_is_escaped_and_a_bare_address_is_broken(typed, escaped):
    assert plain(typed) == escaped
