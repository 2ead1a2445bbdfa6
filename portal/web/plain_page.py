"""Pages of plain HTML: no script, one style sheet, readable without JavaScript and on paper.

They are Jinja2 templates that escape whatever stands in them. `plain_page` takes the body as HTML that is escaped already.
"""

import html
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from portal.ground.partnership import Facts

_TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).resolve().parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def escaped(text: object) -> str:
    """Escape typed words for HTML."""
    return html.escape(str(text), quote=True)


def render(
    template: str, title: str, known: Facts | None, *, back: tuple[str, str] | None = None, **values: object
) -> str:
    """Give a whole page from its template.

    Args:
        template: its file in `templates/`.
        title: the heading, and the title of the window.
        known: whose portal this is; None where the store cannot be asked.
        back: where a link above the heading leads, and its words.
        values: what the template names; one that is missing is an error, never a gap.
    """
    return _TEMPLATES.get_template(template).render(title=title, known=known, back=back, **values)


def plain_page(title: str, body: str, known: Facts, *, back: tuple[str, str] | None = None) -> str:
    """Give a whole page. `body` is HTML whose words are escaped already; `back` is where a link above it leads."""
    # Whoever wrote the body has escaped its words.
    return render("page.html", title, known, back=back, body=Markup(body))  # noqa: S704 # nosec B704
