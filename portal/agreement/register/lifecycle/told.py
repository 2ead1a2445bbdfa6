"""The life of an organisation in words: what it was called, when it closed, what it became. As public as its entry."""

from dataclasses import dataclass

from portal.agreement.register.lifecycle.changes import former_names, merged_into
from portal.agreement.register.lifecycle.splitting import became, came_from
from portal.ground.act import Act
from portal.ground.wording import day


@dataclass(frozen=True, kw_only=True)
class LifeSentence:
    """One sentence about an organisation; `slug` is the entry of the other body that it names, '' where it has none to show."""

    words: str
    slug: str = ""


def life_in_words(act: Act, slug: str) -> tuple[LifeSentence, ...]:
    """Say what an organisation was called, when it closed, and which bodies it became or came from, by its lasting address."""
    said = [LifeSentence(words=f"Called {one.name} until {day(one.until)}.") for one in former_names(act, slug)]
    if gone := merged_into(act, slug):
        said.append(LifeSentence(words=f"Closed on {gone[0]}."))
        if gone[2]:
            said.append(LifeSentence(words=f"It is now part of {gone[1]}", slug=gone[2]))
    parts, origin = became(act, slug), came_from(act, slug)
    if parts:
        said.append(LifeSentence(words="It was split. Each new organisation signs for itself."))
        said += [LifeSentence(words=f"It became {one.name}", slug=one.slug) for one in parts if one.signed]
        said += [
            LifeSentence(words=f"It became {one.name}, which has not signed yet.") for one in parts if not one.signed
        ]
    if origin:
        said.append(LifeSentence(words=f"New since {origin[1]}. What was signed before does not bind it."))
        said.append(LifeSentence(words=f"It came from {origin[0].name}", slug=origin[0].slug))
    return tuple(said)
