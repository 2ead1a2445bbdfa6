"""The agreement as a PDF, for anybody: this partnership's words, made once and kept while they stay the same.

Clauses: s15.publish, s15.withhold.
"""

from datetime import UTC, datetime
from functools import lru_cache

from starlette.requests import Request
from starlette.responses import Response

from portal.agreement.editions.edition_paper import agreement_pdf
from portal.agreement.editions.wording import words_named
from portal.agreement.register.partners import partners_in_words
from portal.agreement.withholding.withheld import withheld
from portal.documents.seal.issuing import issue
from portal.ground.act import PUBLIC, act_now
from portal.ground.process.runtime import running
from portal.ground.wording import today


def agreement_file(request: Request) -> Response:
    """Answer the edition in force, or `?edition=2009`; before set-up with its blanks open."""
    wanted = request.query_params.get("edition", "")
    words = words_named(running().store, wanted, today(datetime.now(UTC)))
    hidden = tuple(sorted(withheld(running().store).items()))
    partners = partners_in_words(running().store, today(datetime.now(UTC)))
    kept_under = partners, words.sha256, words.standing, tuple(sorted(words.confirmed)), hidden
    pdf = _made(words.edition.id, kept_under, str(running().settings.data_dir))
    return Response(
        pdf,
        media_type="application/pdf",
        headers={
            "Cache-Control": "public, max-age=300",
            "Content-Disposition": f'inline; filename="information-sharing-agreement-{words.edition.id}.pdf"',
        },
    )


@lru_cache(maxsize=8)
def _made(edition_id: str, _kept_under: tuple[object, ...], _where: str) -> bytes:
    """Make and seal the file; kept under its words, its partners and what is withheld, so that a change of any makes another."""
    act = act_now(running().store, PUBLIC)
    words = words_named(act.store, edition_id, today(act.at))
    pdf = agreement_pdf(act, words, running().settings.base_url, partners_in_words(act.store, today(act.at)))
    return issue(act, pdf, f"agreement-{edition_id}")
