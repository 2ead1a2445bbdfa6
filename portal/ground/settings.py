"""Settings: all from the environment or a .env file, all optional on one machine."""

import ipaddress
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from portal.ground.errors import SettingsError

ROOT = Path(__file__).resolve().parents[2]
HOME = ROOT if (ROOT / "requirements.txt").is_file() else Path.cwd()
"""Where `.env` and the data folder are looked for: the checkout, or the current folder where the portal was installed by pip."""
_ADDRESS = re.compile(r"https?://[^/?#@\s]+")
MOST_UPLOAD_MB = 500  # what the command line reads; the web may be set lower


@dataclass(frozen=True, kw_only=True)
class Settings:
    """How this portal is set up. `smtp_url` None means that messages wait in the outbox."""

    database_url: str
    data_dir: Path
    secret_key_file: Path
    base_url: str
    smtp_url: str | None
    max_upload_mb: int
    backup_dir: Path | None = None
    mail_from: str = ""
    trusted_proxies: tuple[str, ...] = ("127.0.0.1",)
    hosts: tuple[str, ...] = ()
    metrics_token: str = field(default="", repr=False)
    practice_url: str = ""  # where people practise with what is made up
    sign_in_with: Path | None = None

    @property
    def secure(self) -> bool:
        """Say whether people reach the portal over TLS, so that cookies may be marked Secure."""
        return self.base_url.startswith("https://")


def load_settings(environment: Mapping[str, str] | None = None, *, folder: Path = HOME) -> Settings:
    """Read the settings from the environment, then from `folder`/.env for what is not set there.

    Raises SettingsError, naming the variable, where a value cannot be used.
    """
    values = said(environment, folder=folder)
    data_dir = Path(values.get("PORTAL_DATA_DIR", "") or "data").expanduser()
    data_dir = data_dir if data_dir.is_absolute() else folder / data_dir
    base_url = (values.get("PORTAL_BASE_URL", "") or "http://127.0.0.1:8501").rstrip("/")
    if not base_url.startswith(("http://", "https://")):
        raise SettingsError("PORTAL_BASE_URL must begin with http:// or https://.")
    if not _ADDRESS.fullmatch(base_url):
        raise SettingsError(
            "PORTAL_BASE_URL must be a host alone, such as https://portal.example.org. The portal cannot be served below a path."
        )
    return Settings(
        database_url=values.get("PORTAL_DATABASE_URL", "") or f"sqlite:///{data_dir / 'portal.sqlite'}",
        data_dir=data_dir,
        secret_key_file=Path(values.get("PORTAL_SECRET_KEY_FILE", "") or data_dir / "keys" / "portal.json"),
        base_url=base_url,
        smtp_url=values.get("PORTAL_SMTP_URL") or None,
        backup_dir=Path(values["PORTAL_BACKUP_DIR"]).expanduser() if values.get("PORTAL_BACKUP_DIR") else None,
        mail_from=_mail_from(values.get("PORTAL_MAIL_FROM", "").strip()),
        trusted_proxies=_networks(values.get("PORTAL_TRUSTED_PROXIES", "") or "127.0.0.1"),
        practice_url=_practice(values.get("PORTAL_PRACTICE_URL", "").strip().rstrip("/"), base_url),
        sign_in_with=Path(values["PORTAL_SIGN_IN_WITH"]).expanduser() if values.get("PORTAL_SIGN_IN_WITH") else None,
        hosts=_hosts(values.get("PORTAL_HOSTS", "")),
        metrics_token=_token(values.get("PORTAL_METRICS_TOKEN", "").strip()),
        max_upload_mb=_megabytes(values.get("PORTAL_MAX_UPLOAD_MB", "") or "50"),
    )


def said(environment: Mapping[str, str] | None = None, *, folder: Path = HOME) -> dict[str, str]:
    """Give what the environment says, and what `folder`/.env says of what is not set there, by name."""
    return {**_from_file(folder / ".env"), **(os.environ if environment is None else environment)}


def _practice(typed: str, base_url: str) -> str:
    """Read where people practise. Cookies know no ports: only another host name keeps the two apart in a browser."""
    if typed and not (_ADDRESS.fullmatch(typed) and urlsplit(typed).hostname != urlsplit(base_url).hostname):
        raise SettingsError(
            "PORTAL_PRACTICE_URL must be an address with a host name other than that of PORTAL_BASE_URL."
        )
    return typed


def _megabytes(typed: str) -> int:
    if not typed.isascii() or not typed.isdigit() or not 1 <= int(typed) <= MOST_UPLOAD_MB:
        raise SettingsError(f"PORTAL_MAX_UPLOAD_MB must be a whole number from 1 to {MOST_UPLOAD_MB}.")
    return int(typed)


def _token(typed: str) -> str:
    if typed and not re.fullmatch(r"[\x21-\x7e]{32,200}", typed):
        raise SettingsError("PORTAL_METRICS_TOKEN must be 32 to 200 letters, digits and signs without a space.")
    return typed


def _networks(typed: str) -> tuple[str, ...]:
    """Read addresses and networks; the whole world is refused, since then anybody could say whence they come."""
    found = tuple(one.strip() for one in typed.split(",") if one.strip())
    try:
        networks = [ipaddress.ip_network(one) for one in found]
    except ValueError as error:
        raise SettingsError("PORTAL_TRUSTED_PROXIES must be addresses or networks, such as 172.18.0.0/16.") from error
    if any(one.prefixlen == 0 for one in networks):
        raise SettingsError("PORTAL_TRUSTED_PROXIES must name the proxies, not every address.")
    return found


def _hosts(typed: str) -> tuple[str, ...]:
    found = tuple(one.strip().lower() for one in typed.split(",") if one.strip())
    if not all(re.fullmatch(r"[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?", one) for one in found):
        raise SettingsError("PORTAL_HOSTS must be names or addresses without a port, such as isa.example.org.")
    return found


def _mail_from(typed: str) -> str:
    if typed and not re.fullmatch(r"[A-Za-z0-9._+-]{1,64}@[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63}){1,8}", typed):
        raise SettingsError("PORTAL_MAIL_FROM must be an e-mail address, such as isa@example.org.")
    return typed


def _from_file(path: Path) -> dict[str, str]:
    if not path.is_file():
        return {}
    values: dict[str, str] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        name, found, value = line.partition("=")
        if found and not name.lstrip().startswith("#"):
            values[name.strip()] = value.strip().strip("\"'")
    return values
