"""A page of plain HTML: no script, one style sheet, readable without JavaScript and on paper."""

import html

from portal.ground.partnership import Facts


def escaped(text: object) -> str:
    """Escape typed words for HTML."""
    return html.escape(str(text), quote=True)


def plain_page(title: str, body: str, known: Facts, *, back: tuple[str, str] | None = None) -> str:
    """Give a whole page. `body` is HTML whose words are escaped already; `back` is where a link above it leads."""
    link = f'<p><a href="{escaped(back[0])}">{escaped(back[1])}</a></p>' if back else ""
    return (
        '<!doctype html><html lang="en-GB"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{escaped(title)} | {escaped(known.name)}</title>"
        '<link rel="icon" href="data:,"><link rel="stylesheet" href="/assets/portal.css"><link rel="stylesheet" href="/assets/plain.css"></head>'
        '<body><a class="portal-skip" href="#main">Skip to main content</a>'
        f'<header><a href="/">{escaped(known.name)}</a></header><main id="main">{link}<h1>{escaped(title)}</h1>{body}</main>'
        '<footer class="portal-foot"><ul><li><a href="/agreement.pdf">The agreement (PDF)</a></li>'
        '<li><a href="/signatories">Who has signed</a></li></ul>'
        f"<p>{escaped(known.name)}. Run by {escaped(known.owner)}.</p></footer></body></html>"
    )
