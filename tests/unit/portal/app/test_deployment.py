"""The files to serve with: read by what can read them here; no container is started."""

import json
import re
import shutil
import subprocess

import pytest
import yaml

from portal.ground.settings import ROOT, load_settings
from tests.supply import told_of, without_licence

UNIT = ROOT / "deploy" / "portal.service"


def compose():
    return yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))


def test_only_the_proxy_can_be_reached_and_only_it_is_believed(tmp_path):
    services, networks = compose()["services"], compose()["networks"]
    assert [name for name, one in services.items() if "ports" in one] == ["proxy"]
    assert networks["inside"]["internal"]
    assert services["database"]["networks"] == ["inside"]
    shared = set(services["portal"]["networks"]) & set(services["proxy"]["networks"])
    assert shared == {"inside"}, "the name `portal` must lead to the network whose address is trusted"
    written = {name: re.sub(r"\$\{\w+:-\}", "", one) for name, one in services["portal"]["environment"].items()}
    told = written | {"PORTAL_BASE_URL": "https://portal.example.org"}
    settings = load_settings(told, folder=tmp_path)
    assert settings.trusted_proxies == (services["proxy"]["networks"]["inside"]["ipv4_address"] + "/32",)
    assert settings.secure
    assert settings.database_url.startswith("postgresql+psycopg://")


@pytest.mark.threat("SC4")
def test_no_secret_stands_in_a_file_and_every_setting_is_one_the_portal_reads():
    text = (ROOT / "compose.yaml").read_text(encoding="utf-8")
    assert {v for k, v in re.findall(r"(\w*PASSWORD): (\S.*)", text)} == {"${PORTAL_DB_PASSWORD:?}"}
    known = (ROOT / "portal" / "ground" / "settings.py").read_text(encoding="utf-8")
    for name in compose()["services"]["portal"]["environment"]:
        assert f'"{name}"' in known, name


def test_the_image_is_not_root_installs_by_hash_and_leaves_secrets_out():
    lines = (ROOT / "Containerfile").read_text(encoding="utf-8").splitlines()
    orders = [line.split()[0] for line in lines if line[:1].isupper()]
    assert orders[0] == "FROM"
    assert orders.index("USER") < orders.index("CMD")
    assert any("--no-deps --require-hashes" in line for line in lines)
    assert {".env", "data", ".git"} <= set((ROOT / ".containerignore").read_text(encoding="utf-8").split())


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not installed")
def test_the_unit_is_right_and_hardened(tmp_path):
    tried = tmp_path / "portal.service"
    tried.write_text(UNIT.read_text(encoding="utf-8").replace("/opt/portal/.venv/bin/python", shutil.which("env")))
    verified = subprocess.run(
        [shutil.which("systemd-analyze"), "verify", tried], capture_output=True, text=True, check=False
    )
    assert (verified.returncode, verified.stderr) == (0, "")
    told = [shutil.which("systemd-analyze"), "security", "--offline=yes", "--threshold=20", tried]
    assert subprocess.run(told, capture_output=True, check=False).returncode == 0


@pytest.mark.threat("SC5")
def test_a_package_without_a_licence_is_named():
    found = {"components": [{"name": "a", "licenses": [{}]}, {"name": "b", "licenses": []}, {"name": "c"}]}
    assert without_licence(found) == ["b", "c"]


def test_what_could_not_be_looked_up_is_no_pass():
    asked = [
        {"name": "a", "vulns": []},
        {"name": "b", "skip_reason": "not found"},
        {"name": "c", "vulns": [{"id": "X-1"}]},
    ]
    found, said = told_of(json.dumps({"dependencies": asked}))
    assert found
    assert said[:2] == ["c: X-1", "2 packages were looked up; 1 known holes."]
    assert "NOT looked up" in said[2]
    assert "NOT looked for" in told_of("no network")[1][0]
