"""A partnership's own lists of places: loaded from a spreadsheet, shown with counts, replaced or removed (s6; App 1)."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from models.partnership import PlaceList
from portal.ground.access import Permission, allow
from portal.ground.act import Act, Store
from portal.ground.database import reading, transaction
from portal.ground.errors import AnswersNeededError, NotFoundError
from portal.ground.partnership import facts
from portal.partnership.places.list_reading import ListedNames
from portal.privacy.grammar.gazetteer import spelt, wards_by_district
from portal.privacy.risk.k_anonymity import RURAL as START
from portal.record.audit import record
from portal.record.events import Event

RURAL = "rural"
KIND_WORDS = {
    "wards": "Wards",
    "beats": "Police beats and neighbourhoods",
    "stations": "Stations and their areas",
    "districts": "Districts",
    "estates": "Estates",
    "settlements": "Towns, villages and parishes",
    "streets": "Streets",
    "schools": "Schools",
    "places": "Public places and businesses",
    RURAL: "Rural places with few people, which no public table shows alone",
}
_OFFICIAL = (
    " district council",
    " borough council",
    " city council",
    " county council",
    " metropolitan borough council",
    " council",
)
_BEFORE = (
    "london borough of ",
    "royal borough of ",
    "metropolitan borough of ",
    "borough of ",
    "city of ",
    "district of ",
)


@dataclass(frozen=True, kw_only=True)
class LoadedList:
    """One kind of place, how many names are loaded of it, who did so and when. `with_set_up`: by nobody, on the first day."""

    kind: str
    count: int
    loaded_by: str
    loaded_at: datetime
    with_set_up: bool


def lists_loaded(act: Act) -> dict[str, LoadedList]:
    """Give what is loaded, by kind; of the secret places too, of which only the count can be told."""
    allow(act, Permission.LOAD_PLACES)
    with reading(act.store.engine) as session:
        rows = session.exec(select(PlaceList)).all()
    return {
        row.kind: LoadedList(
            kind=row.kind,
            count=row.places,
            loaded_by=row.loaded_by,
            loaded_at=row.loaded_at,
            with_set_up=row.with_set_up,
        )
        for row in rows
    }


def load_list(act: Act, kind: str, found: ListedNames) -> int:
    """Keep the names of one kind in the place of what was loaded before; gives how many. Raises NotFoundError."""
    allow(act, Permission.LOAD_PLACES)
    if kind not in KIND_WORDS:
        raise NotFoundError
    with transaction(act.store.engine) as session:
        return keep_list(session, act, kind, found.names)


def load_wards(act: Act, districts: Sequence[str]) -> int:
    """Keep the wards of some districts, as the portal has them, in the place of the wards loaded before; gives how many."""
    allow(act, Permission.LOAD_PLACES)
    known = wards_by_district()
    names = [ward for district in districts for ward in known.get(district, ())]
    if not names:
        raise AnswersNeededError({"districts": "Choose at least one district"})
    with transaction(act.store.engine) as session:
        return keep_list(session, act, "wards", names)


def remove_list(act: Act, kind: str) -> None:
    """Take away what is loaded of one kind; what is not there is gone already."""
    allow(act, Permission.LOAD_PLACES)
    with transaction(act.store.engine) as session:
        row = session.exec(select(PlaceList).where(col(PlaceList.kind) == kind).with_for_update()).first()
        if row is not None:
            session.delete(row)
            record(session, act, Event.PLACES_REMOVED, f"place-list:{kind}", places=row.places)


def keep_list(session: Session, act: Act, kind: str, names: Sequence[str], *, with_set_up: bool = False) -> int:
    """Keep the names of one kind, in the caller's transaction."""
    distinct = list(dict.fromkeys(names))
    keep_row(session, act, kind, (json.dumps(distinct, ensure_ascii=False), len(distinct)), with_set_up=with_set_up)
    return len(distinct)


def keep_row(session: Session, act: Act, kind: str, told: tuple[str, int], *, with_set_up: bool = False) -> None:
    """Keep one list, sealed, in the place of the one before. `told`: what is kept of it as JSON, and how many places it tells of."""
    row = session.exec(select(PlaceList).where(col(PlaceList.kind) == kind).with_for_update()).first()
    row = row or PlaceList(kind=kind, content=b"", places=0, loaded_at=act.at, loaded_by="")
    row.content = act.store.vault.seal_text(told[0], f"place_list.content:{kind}")
    row.places, row.loaded_at, row.loaded_by, row.with_set_up = told[1], act.at, act.person.name, with_set_up
    session.add(row)
    record(session, act, Event.PLACES_LOADED, f"place-list:{kind}", places=row.places)


def rural_places(store: Store) -> tuple[str, ...]:
    """Give the postcodes and areas that no public table shows alone: as loaded, else the list to start with."""
    return _names(store, RURAL) or tuple(sorted(START))


def districts_here(store: Store) -> tuple[str, ...]:
    """Give the districts that the partnership is of, as the portal's wards name them: those loaded, else its council's."""
    loaded = {spelt(one) for one in _names(store, "districts")}
    named = tuple(one for one in wards_by_district() if spelt(one) in loaded)
    council = district_of(facts(store).placeholders.get("council", ""))
    return named or ((council,) if council else ())


def _names(store: Store, kind: str) -> tuple[str, ...]:
    with reading(store.engine) as session:
        row = session.get(PlaceList, kind)
    return tuple(json.loads(store.vault.open_text(row.content, f"place_list.content:{kind}"))) if row else ()


def district_of(council: str) -> str:
    """Give the district that a council is of, by the council's name; '' where the portal has no wards for it."""
    words = " ".join(council.lower().split())
    for ending in _OFFICIAL:
        words = words.removesuffix(ending)
    for beginning in _BEFORE:
        words = words.removeprefix(beginning)
    return next((one for one in wards_by_district() if one.lower().removesuffix(", city of") == words), "")
