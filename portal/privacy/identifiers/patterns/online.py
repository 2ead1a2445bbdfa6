"""Shapes of what people use on line: e-mail, web pages, handles, addresses of machines."""

from portal.privacy.identifiers.kinds import IdentifierKind
from portal.privacy.identifiers.patterns import validators
from portal.privacy.identifiers.patterns.pattern import AT, DL, DR, END, HOST, MAIL_HOSTS, L, R, Shape

ONLINE: tuple[Shape, ...] = (
    Shape(
        IdentifierKind.REFERENCE,
        r"(?i)\b((?:cad|log|inc(?:ident)?)?[ ]*(?:no\.?)?[ ]*\d{1,5}[ ]?(?:[/\-]|of)[ ]?\d{1,2}[/\-]?[a-z]{3}[/\-]?\d{2,4})\b",
        digits=4,
    ),
    Shape(
        IdentifierKind.EMAIL,
        rf"(?i)([a-zA-Z0-9._%+'\-]{{1,40}}(?:{AT}){HOST}{{1,4}})",
        digits=0,
        needs=(
            "@",
            "(at",
            "( at",
            "[at",
            "[ at",
            "{at",
            "{ at",
            "<at",
            "< at",
        ),
    ),
    Shape(
        IdentifierKind.EMAIL,
        rf"(?i)([a-zA-Z0-9._%+'\-]{{1,40}}[ ]+at[ ]+(?:{HOST}{{0,3}}[ ]+dot[ ]+{END}(?:[ ]+dot[ ]+{END})?))",
        digits=0,
        needs=(" dot ",),
    ),
    Shape(
        IdentifierKind.EMAIL,
        rf"(?i)([a-zA-Z0-9._%+'\-]{{1,40}}[ ]+at[ ]+{MAIL_HOSTS}(?:[ ]*[.][ ]*{END}|[ ]+{END}){{0,2}}){R}",
        validators.mailbox,
        digits=0,
        needs=(" at ",),
    ),
    Shape(IdentifierKind.EMAIL, r"(?i)([a-zA-Z0-9._%+'\-]{1,40}@[a-zA-Z0-9\-]{2,40})", digits=0, needs=("@",)),
    Shape(
        IdentifierKind.URL,
        r"(?i)((?:https?|ftp|hxxps?)[ ]?:[ ]?//\S+|www[ ]?\.[ ]?\S+)",
        digits=0,
        needs=(
            "//",
            "www",
            "tp:",
            "tps:",
        ),
    ),
    Shape(
        IdentifierKind.URL,
        rf"(?i){L}((?:[a-zA-Z0-9\-]{{1,40}}\.){{1,5}}(?:com|net|org|co\.uk|uk|info|io|tv|ly|app|eu|me|gg)(?:/\S*)?){R}",
        digits=0,
        needs=(".",),
    ),
    Shape(
        IdentifierKind.WHAT3WORDS,
        r"(?i)((?:/{3}|w3w|what ?3 ?words|what three words)[ :./]*[a-zA-Z]{2,20}\.[a-zA-Z]{2,20}\.[a-zA-Z]{2,20})",
        digits=0,
        needs=(
            "///",
            "w3w",
            "what",
        ),
    ),
    Shape(
        IdentifierKind.WHAT3WORDS,
        rf"{L}([a-z]{{3,20}}\.[a-z]{{3,20}}\.[a-z]{{3,20}}){R}",
        validators.three_words,
        digits=0,
        needs=(".",),
    ),
    Shape(
        IdentifierKind.HANDLE,
        r"(?i)(?:^|[^a-zA-Z0-9.])(@[ ]?[a-zA-Z0-9_][a-zA-Z0-9_.\-]{1,40})",
        digits=0,
        needs=("@",),
    ),
    Shape(
        IdentifierKind.HANDLE,
        r"(?i)\b((?:insta(?:gram)?|ig|snap(?:chat)?|fb|facebook|tik ?tok|twitter|discord|telegram|kik|whats ?app|psn|gamertag|steam|roblox|youtube)"
        r"[ ]*(?:name|handle|user(?:name)?|id|acc(?:ount)?|profile|page)?[ ]*[:=@\-][ ]*[a-zA-Z0-9_][a-zA-Z0-9_.\-]{2,40})",
        validators.handle,
        digits=0,
        needs=(
            "insta",
            "ig",
            "snap",
            "fb",
            "facebook",
            "tik",
            "twitter",
            "discord",
            "telegram",
            "kik",
            "whats",
            "psn",
            "gamer",
            "steam",
            "roblox",
            "youtube",
        ),
    ),
    Shape(
        IdentifierKind.HANDLE,
        r"(?i)\b((?:insta(?:gram)?|snap(?:chat)?|facebook|tik ?tok|twitter|discord|telegram|kik|psn|gamertag|user ?name|handle)[ ]+"
        r"(?:name|handle|user(?:name)?|is|id)?[ ]*[a-zA-Z0-9_.\-]*[\d_][a-zA-Z0-9_.\-]*)",
        digits=0,
        needs=(
            "insta",
            "snap",
            "facebook",
            "tik",
            "twitter",
            "discord",
            "telegram",
            "kik",
            "psn",
            "gamer",
            "user",
            "handle",
        ),
    ),
    Shape(
        IdentifierKind.HANDLE,
        rf"(?i){L}([a-zA-Z0-9]{{1,30}}(?:_+[a-zA-Z0-9]{{1,30}}){{1,5}}){R}",
        validators.underscored,
        digits=0,
        needs=("_",),
    ),
    Shape(IdentifierKind.IP, rf"{DL}(\d{{1,3}}(?:\.\d{{1,3}}){{3}}){DR}", validators.ip_address, digits=4),
    Shape(
        IdentifierKind.IP,
        rf"(?i){L}((?:[0-9a-f]{{1,4}}:){{3,7}}(?::?[0-9a-f]{{1,4}})?|[0-9a-f]{{1,4}}(?::[0-9a-f]{{0,4}}){{3,7}}|(?:[0-9a-f]{{2}}-){{5}}[0-9a-f]{{2}}){R}",
        digits=0,
        needs=(
            ":",
            "-",
        ),
    ),
)
