"""Why the portal holds what it holds about people, on which basis, and who sees it: the table of its own privacy page.

The bases are this product's proposal. A basis belongs to whoever controls the data, so the portal cannot find it: the
partnership confirms or changes it in its record of processing (`portal/accountability/papers/`), and until then the page says so.
Read in a copy of legislation.gov.uk: Data Protection Act 2018 sections 7, 8, 10 and 164A. Of UK GDPR Articles 6, 9, 10 and 13
only what the edition's conditions and Annexes quote was read, not the Articles as a whole as they stand today.
How long is read from the schedule; a test holds that each of its rules stands under a purpose.
"""

from dataclasses import dataclass

from portal.retention.schedule import rule

_TASK = (
    "Article 6(1)(e): a public task (Crime and Disorder Act 1998 sections 6 and 115). A body that has none, such as a "
    "charity, names another, such as Article 6(1)(ea) or (f)"
)
_SECURE = "The basis of what it secures; keeping it secure is a duty under UK GDPR Article 32"
_ACCOUNT = "The basis of what it shows; being able to show it is a duty under UK GDPR Article 5(2)"


@dataclass(frozen=True, kw_only=True)
class Purpose:
    """One kind of data about people. `rules`: the rows of the schedule that delete it; `each`: every organisation does it too."""

    activity: str
    what: str
    people: str
    why: str
    basis: str
    seen_by: str
    rules: tuple[str, ...]
    each: bool = False

    @property
    def kept(self) -> str:
        """Write how long, in the words of the schedule: 28 days from the last saving; 2 days from the try."""
        found = [rule(one) for one in self.rules]
        return "; ".join(dict.fromkeys(f"{one.keep.words} from {one.counts_from}" for one in found))

    @property
    def kept_of_each(self) -> str:
        """Write how long, with what it is said of where there is more than one thing."""
        found = [rule(one) for one in self.rules]
        if len(found) == 1:
            return self.kept
        return ". ".join(f"{one.what}: {one.keep.words} from {one.counts_from}" for one in found)


PURPOSES = (
    Purpose(
        activity="Accounts of the portal",
        what="Names, post, work e-mail and days away of whoever has an account",
        people="People who act for a partner",
        why="So that partners know who acts. Nobody can have an account without them",
        basis=_TASK,
        seen_by="Their organisation, those they deal with, the Information Manager",
        rules=("closed-accounts", "absences"),
        each=True,
    ),
    Purpose(
        activity="Signing in",
        what="When somebody signed in, links and codes sent to them, and failed tries",
        people="People who sign in or try to",
        why="To keep strangers out",
        basis=_SECURE,
        seen_by="The person, in the copy of their data; the Information Manager sees when they were last here",
        rules=("sessions", "known-browsers", "attempts", "links"),
    ),
    Purpose(
        activity="Messages and unsent answers",
        what="Messages that the portal wrote to people, and answers that they have not sent yet",
        people="People who act for a partner, sign or complain",
        why="So that a message reaches them, and they can go on later",
        basis=_TASK,
        seen_by="The person; the Information Manager where a message could not be sent",
        rules=("messages-sent", "messages-unsent", "drafts"),
    ),
    Purpose(
        activity="Signatures",
        what="Name, role and signature of whoever signs or reviews the agreement, a statement or a paper on data protection",
        people="People who sign for a partner",
        why="To prove who agreed to what",
        basis=_ACCOUNT,
        seen_by="The partners, the Information Manager, whoever holds the signed paper",
        rules=("signers", "statements-ended", "agreement-reviews", "accountability"),
        each=True,
    ),
    Purpose(
        activity="Meetings",
        what="Who came to a meeting, what they signed there, and what was said about people",
        people="People who come to a meeting, and people it speaks about",
        why="The agreement asks for it, section 10",
        basis=_TASK,
        seen_by="The Chair and the members of the group; of what was said about people, those who needed to know",
        rules=(
            "meetings-attendance",
            "meetings-undertakings",
            "meetings-not_signed",
            "meetings-members",
            "meetings-wishes",
            "meetings-appendix",
        ),
        each=True,
    ),
    Purpose(
        activity="Requests for information about a person",
        what="Requests about a person, what was answered, and what became of it",
        people="People whom a request is about, and those who ask and answer",
        why="To prevent crime and disorder and to account for it",
        basis=(
            f"{_TASK}. Sensitive data and facts about crimes also need the condition that the holder names in each answer "
            "(Data Protection Act 2018 section 10). The police and others work under Part 3 of the Act where they enforce the law"
        ),
        seen_by="The organisation that asks and the one that holds; sealed for everybody else",
        rules=("requests",),
    ),
    Purpose(
        activity="Access requests, and losses",
        what="Access requests, and losses of shared information",
        people="People who ask for what is held, and people whom a loss concerns",
        why="To answer people in time, and to put right what went wrong",
        basis="Article 6(1)(c), a duty of law: UK GDPR Articles 12 to 22, 33 and 34; Freedom of Information Act 2000",
        seen_by="The organisations they concern; of a loss also the Information Manager and the chairs",
        rules=("access-requests", "losses"),
        each=True,
    ),
    Purpose(
        activity="Complaints",
        what="Complaints about how information is used, and who made them, if they say so",
        people="People who complain, and people they write about",
        why="To look into them and answer",
        basis="Article 6(1)(c), a duty of law: Data Protection Act 2018 section 164A",
        seen_by="The Information Manager and the Community Safety Officer",
        rules=("complaints",),
    ),
    Purpose(
        activity="Returns and figures",
        what="Returns and figures: they should name nobody, and are treated as if they might",
        people="People whom an event concerned. No record names them",
        why="To see patterns",
        basis=_TASK,
        seen_by="The organisation that sent them and the Community Safety Officer. Signed partners see counts with nothing withheld, the public with small ones withheld",
        rules=(
            "returns-replaced",
            "returns-reviewed",
            "column-matching",
            "wordings",
            "return-questions",
            "requests-without-names",
        ),
    ),
    Purpose(
        activity="Backups",
        what="Backups of all this",
        people="Everybody named above",
        why="So that nothing is lost if the computer fails",
        basis=_SECURE,
        seen_by="Whoever runs the computer for the partnership",
        rules=("backups",),
    ),
)
