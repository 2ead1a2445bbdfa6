"""An edition on the screen: its text with its blanks filled, its laws, its data sets, what is not yet checked."""

from collections.abc import Mapping, Sequence

import streamlit as st

from portal.agreement.editions.current import known_editions
from portal.agreement.editions.edition_paper import gateway_standing, summary, who_may_use
from portal.agreement.editions.wording import UNCHECKED, EditionPart, EditionWords, split_parts
from portal.agreement.register.partners import Responsible
from portal.agreement.withholding.withheld import places, public_lines
from portal.ground.partnership import Facts
from portal.ground.wording import counted, day, folded, listed
from portal.rules.datasets.catalogue import data_sets
from portal.rules.edition.editions import fill
from portal.rules.gateways.bodies import Gateway
from portal.rules.gateways.fit import Fit, GatewayFit
from portal.statements.views import added_statements
from portal.ui.blocks import LinkTo, Tag, facts, inset, links, table
from portal.ui.visitor import store
from portal.ui.words import plain

_APART = frozenset({"summary sheet", "version record", "contents"})  # shown in their own way
_FITS = {
    Fit.COMPELLED: Tag("Must share when asked", "done"),
    Fit.LISTED: Tag("May share", "done"),
    Fit.UNLISTED: Tag("Supports sharing", "waiting"),
}


def parts_shown(words: EditionWords) -> tuple[EditionPart, ...]:
    """Give sections and appendices for the screen; what the partnership typed into the blanks is shown as typed."""
    blanks = {key: plain(value) for key, value in words.blanks.items()}
    return tuple(part for part in split_parts(fill(words.edition.text, blanks)) if part.title.lower() not in _APART)


def contents(parts: tuple[EditionPart, ...], page: str) -> None:
    """List the parts, each a link to its place on the same page."""
    links([LinkTo(part.title, f"{page}#{anchor(part)}") for part in parts])


def text(parts: tuple[EditionPart, ...]) -> None:
    """Show the agreement's own words, part by part."""
    for part in parts:
        st.header(plain(part.title), anchor=anchor(part))
        st.markdown(part.text)


def anchor(part: EditionPart) -> str:
    """Give the place of a part in an address: part-4, part-appendix-2."""
    head = part.title.lower().split(":")[0].split()
    return "-".join(["part", *(head[:2] if part.is_appendix else head[:1])])


def five_lines(words: EditionWords) -> tuple[str, ...]:
    """Give a plain summary in five lines; it is not part of the agreement."""
    return (
        (
            "You share information to cut crime and anti-social behaviour, and for nothing else.",
            "Most of it names nobody. Before you share facts about a person, you check the law and write down why.",
            "You keep what you are given safe, and delete it when it is no longer needed.",
            "Each partner answers for its own mistakes, as Section 10 says.",
            "You can stop for now or leave at any time, by a notice to the Chair (Section 14).",
        )
        if words.edition.about.status != "historic" and not words.ended
        else ("This edition can be read but no longer signed.",)
    )


def summary_sheet(words: EditionWords, partners: str) -> None:
    """Show the summary sheet, with who has signed among its rows (clause cover.summary)."""
    facts(summary(words, partners))


def protocol(words: EditionWords, known: Facts) -> None:
    """Name the Protocol that the agreement sits under: its date, where it is, and what Appendices E and F are for (s2)."""
    told = known.placeholders
    st.write(plain(words.filled(f"It sits under {words.edition.about.sits_under}.")))
    rows = [
        ("The Protocol", told.get("protocol_title", "")),
        ("Agreed", told.get("protocol_date", "")),
        ("Where it is", told.get("protocol_address", "")),
    ]
    if any(value for _, value in rows):
        facts([(label, value or "Not recorded yet") for label, value in rows])
    st.write(
        "Its Appendix E says how a partner stops for now or leaves; its Appendix F says how an agreement is reviewed."
    )


def responsible_table(found: Sequence[Responsible]) -> None:
    """Show which bodies the law makes responsible, and who of them has signed (clause s1.arrangements)."""
    st.write("The law asks these bodies to arrange how they share, and to set it out in an agreement.")
    rows = [
        (one.kind.title, "; ".join(one.signed) if one.signed else Tag("Nobody has signed yet", "waiting"))
        for one in found
    ]
    table("Bodies that the law makes responsible", ("Body", "Who has signed"), rows, hide_caption=True)


def draft_note(words: EditionWords) -> str:
    """Say what a reader must know before relying on an edition; '' where there is nothing."""
    if words.edition.about.status != "draft":
        return ""
    return f"Written for the law of {day(words.edition.about.law_as_of)}. It is not legal advice. Ask about what is marked '{UNCHECKED}' before you rely on it."


def in_preparation(words: EditionWords) -> None:
    """Say that an edition cannot be signed yet, what has to happen first, and where to look around until then."""
    inset(
        "This agreement is in preparation. Nobody is asked to sign it yet. First its blanks are filled in and "
        "its points of law checked. Then two people bring it into force."
    )
    st.write("You can read it now, and look around a fictional partnership: whoever runs this portal starts it with")
    st.code("python3 -m portal --demo", language=None)
    links([LinkTo("Read the agreement", f"/agreement?edition={words.edition.id}")])


def gateway_table(words: EditionWords, search: str) -> int:
    """Show the laws that let partners share, narrowed by a search; returns how many are shown (clause s3.gateways)."""
    rows = [
        (_law(gateway), gateway.summary, _who(words, gateway), gateway_standing(words, gateway))
        for gateway in words.edition.gateways
        if not gateway.duplicate_of
    ]
    wanted = folded(search).split()
    shown = [row for row in rows if all(word in folded(" ".join(row)) for word in wanted)]
    if shown:
        table("Laws that let partners share", ("Law", "What it does", "Who may use it", "Today"), shown)
    return len(shown)


def guidance_table(words: EditionWords) -> None:
    """Show the guidance that the edition names, with what is known of it today (clause s3.guidance)."""
    rows = [(one.title, str(one.year), one.note) for one in words.edition.guidance]
    table("Guidance", ("Guide", "Year", "Today"), rows)


def _law(gateway: Gateway) -> str:
    return f"{gateway.title}, {gateway.provision}" if gateway.provision else gateway.title


def _who(words: EditionWords, gateway: Gateway) -> str:
    if gateway.personal == "no":
        return f"{who_may_use(words, gateway)}. Only for data that names nobody."
    return who_may_use(words, gateway)


def data_set_table(words: EditionWords) -> None:
    """Show the data sets of Appendix 1 and who hands each over (clause app1.datasets)."""
    rows = []
    for one in data_sets(words.edition.rules_id):
        kind = one.provider(words.edition.rules_id)
        rows.append((one.title, words.edition.kind(kind).title if words.edition.has_kind(kind) else kind))
    table("Data sets sent each quarter", ("Data set", "Sent by"), rows)


def versions(words: EditionWords) -> None:
    """Show the version record (clause cover.versions)."""
    rows = [(day(row.date), row.change, row.by or "", row.authorised or "") for row in words.edition.version_record]
    table("Version record", ("Date", "What changed", "By", "Authorised by"), rows)


def unchecked(words: EditionWords) -> None:
    """List the facts that the partnership has not checked yet."""
    rows = [(fact.label, fact.ref, fact.source) for fact in words.unchecked_facts()]
    if not rows:
        st.write("Every fact of this edition has been checked.")
        return
    st.write(f"{UNCHECKED}: these facts were not found in a source that we read. Ask before you rely on one.")
    table("Facts not yet checked", ("Fact", "Where it stands", "Source so far"), rows)


def withheld_note(words: EditionWords) -> None:
    """Say that something is withheld, where something is (clause s15.withhold)."""
    hidden = places(words.edition)
    if hidden:
        verb = "is" if hidden == 1 else "are"
        inset(
            f"{counted(hidden, 'passage')} of this edition {verb} withheld under Section 15. It says so in each place."
        )


def appendices(parts: tuple[EditionPart, ...]) -> None:
    """Show the appendices, and with Appendix 5 the statements that partners added to the agreement (s6)."""
    text(parts)
    rows = [(one.reference, listed(one.parties), day(one.in_force_at)) for one in added_statements(store())]
    st.subheader("Statements added to the agreement")
    if rows:
        st.write("Partners who often share outside meetings wrote down how (Section 6, Appendix 5).")
        table("Statements added to the agreement", ("Statement", "Between", "In force from"), rows, hide_caption=True)
    else:
        st.write("None is in force today.")


def withheld_table(words: EditionWords) -> None:
    """List what is withheld: where, under which exemption, since when."""
    rows = [
        (one.part, counted(one.passages, "passage"), one.exemption, day(one.since)) for one in public_lines(store())
    ]
    if rows and places(words.edition):
        table("Withheld under Section 15", ("Where", "How much", "Exemption", "Since"), rows)


def edition_links(page: str, current: str, part: str) -> None:
    """Offer the other editions, each at an address of its own."""
    links(
        [
            LinkTo(f"Read the {of.edition.about.short_title} instead", f"{page}?edition={of.id}&part={part}")
            for of in reversed(known_editions(store()))
            if of.id != current
        ]
    )


def law_table(caption: str, fits: tuple[GatewayFit, ...]) -> None:
    """Show which laws let one kind tell another, and why each fits."""
    rows = [(_law(one.gateway), _FITS[one.fit], one.why) for one in fits]
    table(caption, ("Law", "What it allows", "Why"), rows, hide_caption=True)


def part_links(parts: Mapping[str, str], current: str, page: str) -> None:
    """Offer the parts of the page, each at an address of its own; the one that is open is named, not linked."""
    links([LinkTo(title, f"{page}&part={key}") for key, title in parts.items() if key != current])
