"""Types for who takes part and which laws let them share: organisations, signing, gateways (s2, s3, s10, s16)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import ClassVar, Literal

from portal.rules.edition.fact import AnnotatedEntry, EditionEntry
from portal.rules.edition.toml_reading import named

ANYONE = "any"  # in a gateway's lists: every kind of organisation


@dataclass(frozen=True, kw_only=True)
class OrganisationType(AnnotatedEntry):
    """A kind of organisation: what it may sign, and its standing in law."""

    FOR_PEOPLE: ClassVar = frozenset({"responsible_authority"})

    id: str
    title: str
    aliases: tuple[str, ...]
    standing: Literal["responsible", "co-operating", "partner", "national", "community", "group"]
    signs: Literal["isa", "confidentiality", "none"]
    part_of: str = ""
    replaces: str = ""
    relevant_authority: bool = False
    public_authority: bool = True
    competent_authority: bool = False

    @property
    def counts_as(self) -> frozenset[str]:
        """Give the ids under which a gateway may list it: its own, and the council it is part of."""
        return frozenset({self.id, self.part_of} - {""})

    @property
    def has_public_functions(self) -> bool:
        """Tell whether a duty that binds only bodies with public functions binds it."""
        return self.public_authority or self.relevant_authority

    def has_flag(self, flag: str) -> bool:
        """Tell whether it has the standing that a condition's `not_for` or `only_for` names; an unknown one it lacks."""
        return {
            "public_authority": self.public_authority,
            "relevant_authority": self.relevant_authority,
            "competent_authority": self.competent_authority,
        }.get(flag, False)


@dataclass(frozen=True, kw_only=True)
class SigningRules(EditionEntry):
    """Who signs the agreement, who signs the confidentiality form instead, and where the copies go."""

    FOR_PEOPLE: ClassVar = frozenset(
        {
            "isa_signer",
            "confidentiality_signer",
            "original_kept_by",
            "public_list",
            "public_list_where",
            "confidentiality_forms_kept_by",
        }
    )

    question: str
    if_yes: Literal["isa"]
    if_no: Literal["confidentiality"]
    why: str
    copy_to: str


@dataclass(frozen=True, kw_only=True)
class SignatoryField(EditionEntry):
    """A line that a signatory fills in (s16)."""

    key: str
    order: int
    label: str
    kind: Literal["text", "organisation", "signature", "date"]
    required: bool
    public: bool


@dataclass(frozen=True, kw_only=True)
class Declaration(EditionEntry):
    """The sentence above a signature."""

    text: str


@dataclass(frozen=True, kw_only=True)
class Gateway(AnnotatedEntry):
    """A law that lets one kind of organisation give information to another (s3).

    With `both_ways` it also lets those of `recipient` tell those of `discloser`. `not_for_data` maps a kind of giver to
    the kinds of data that the law does not let it give.
    """

    id: str
    row: int
    rows: tuple[int, ...] = ()
    title: str
    provision: str
    kind: Literal["power", "duty", "framework", "common-law", "guidance"]
    personal: Literal["yes", "support", "no"]
    compels: bool = False
    compels_only: str = ""
    summary: str
    organisations: tuple[str, ...]
    discloser: tuple[str, ...]
    recipient: tuple[str, ...]
    both_ways: bool = False
    not_for_data: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    purposes: tuple[str, ...] = ()
    status: str
    usable: bool = True
    replaces: tuple[str, ...] = ()
    duplicate_of: str = ""

    @property
    def repealed(self) -> bool:
        """Tell whether the law had gone by the day of this edition."""
        return self.status.startswith("repealed")

    @property
    def needs_confirming(self) -> bool:
        """Tell whether it stays switched off until the manager has confirmed it."""
        return self.verified is False or not self.usable


@dataclass(frozen=True, kw_only=True)
class GatewayChange(EditionEntry):
    """What became of a gateway of the edition before."""

    FOR_PEOPLE: ClassVar = frozenset({"fate"})

    from_id: str = named("from")
    to: tuple[str, ...]
    text: str
