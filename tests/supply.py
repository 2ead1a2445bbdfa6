"""What is shipped: a list of it with licences (CycloneDX), unsafe patterns (bandit), known holes (pip-audit, by network)."""

import json
import re
import subprocess
import sys
from importlib.metadata import Distribution, distributions
from pathlib import Path

from cyclonedx.factory.license import LicenseFactory
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
SBOM = ROOT / "build" / "sbom.json"
# Packages that declare no licence in their metadata, and the licence whose text they carry.
READ_BY_HAND = {"protobuf": "BSD-3-Clause", "pydeck": "Apache-2.0", "uharfbuzz": "Apache-2.0"}


def main() -> int:
    """Run all three; returns 1 where something was found. What could not be asked is said, and is no pass."""
    unsafe = _module("bandit", "-q", "-ll", "-r", "portal", "models", "pages").returncode
    found = shipped()
    SBOM.parent.mkdir(exist_ok=True)
    SBOM.write_text(json.dumps(found, indent=1), encoding="utf-8")
    unlicensed = without_licence(found)
    _say(f"{len(found['components'])} packages are shipped; the list is in {SBOM.relative_to(ROOT)}.")
    for name in unlicensed:
        _say(f"{name}: no licence is declared. Read its text, and add it to READ_BY_HAND in tests/supply.py.")
    return int(bool(unsafe or unlicensed or holes()))


def shipped() -> dict:
    """List the installed packages of requirements.txt as a CycloneDX document, with their licences."""
    pinned = {
        canonicalize_name(name) for name in re.findall(r"^([\w.-]+)(?:\[.*?\])?==", _requirements(), re.MULTILINE)
    }
    found = {canonicalize_name(one.name): one for one in distributions() if canonicalize_name(one.name) in pinned}
    bom = Bom(components=(_component(name, one) for name, one in found.items()))
    by_name = {one.name: one for one in bom.components}
    for name, one in found.items():
        needed = {canonicalize_name(Requirement(each).name) for each in one.requires or []}
        bom.register_dependency(by_name[name], [by_name[each] for each in needed & by_name.keys()])
    listed: dict = json.loads(JsonV1Dot6(bom).output_as_string())
    return listed


def _component(name: str, package: Distribution) -> Component:
    told = package.metadata
    licence = READ_BY_HAND.get(name) or told["License-Expression"] or _short(told["License"])
    named = (
        [licence] if licence else [each for each in told.get_all("Classifier") or [] if each.startswith("License ::")]
    )
    return Component(
        name=name,
        version=package.version,
        bom_ref=f"{name}=={package.version}",
        purl=PackageURL("pypi", name=name, version=package.version),
        licenses=[LicenseFactory().make_from_string(each.rsplit(" :: ", 1)[-1]) for each in named],
    )


def _short(licence: str | None) -> str:
    """Give the name of a licence; some packages put its whole text there, or that they know none."""
    return licence if licence and "\n" not in licence.strip() and licence != "UNKNOWN" else ""


def without_licence(found: dict) -> list[str]:
    """Name the packages of a CycloneDX document that state no licence."""
    return [one["name"] for one in found["components"] if not one.get("licenses")]


def holes() -> bool:
    """Say whether a pinned package has a known hole; where nobody could be asked, say so and go on."""
    answer = _module(
        "pip_audit", "--disable-pip", "--require-hashes", "-r", "requirements.txt", "-f", "json", kept=True
    )
    found, sentences = told_of(answer.stdout)
    for sentence in sentences:
        _say(sentence)
    return found


def told_of(answer: str) -> tuple[bool, list[str]]:
    """Read pip-audit's JSON: whether a hole is known, and what to say. It passes what it could not look up; this does not."""
    try:
        packages = json.loads(answer)["dependencies"]
    except ValueError:
        return False, [
            "Known holes were NOT looked for: pip-audit could not ask. Run this again where there is a network."
        ]
    bad = [f"{one['name']}: {hole['id']}" for one in packages for hole in one.get("vulns", [])]
    skipped = [one["name"] for one in packages if "skip_reason" in one]
    sentences = [*bad, f"{len(packages) - len(skipped)} packages were looked up; {len(bad)} known holes."]
    if skipped:
        sentences.append(f"NOT looked up, since the registry here did not know them: {len(skipped)} packages.")
    return bool(bad), sentences


def _requirements() -> str:
    return (ROOT / "requirements.txt").read_text(encoding="utf-8")


def _module(name: str, *arguments: str, kept: bool = False) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "-m", name, *arguments], cwd=ROOT, check=False, text=True, capture_output=kept
    )


def _say(sentence: str) -> None:
    sys.stdout.write(sentence + "\n")


if __name__ == "__main__":
    sys.exit(main())
