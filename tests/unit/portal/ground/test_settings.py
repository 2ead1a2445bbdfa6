import pytest

from portal.ground.errors import SettingsError
from portal.ground.settings import load_settings


def test_everything_has_a_default_on_one_machine(tmp_path):
    settings = load_settings({}, folder=tmp_path)
    assert settings.database_url == f"sqlite:///{tmp_path / 'data' / 'portal.sqlite'}"
    assert (settings.max_upload_mb, settings.smtp_url, settings.secure) == (50, None, False)


def test_the_environment_wins_over_the_file(tmp_path):
    (tmp_path / ".env").write_text(
        '# comment\nPORTAL_MAX_UPLOAD_MB=20\nPORTAL_BASE_URL="https://portal.example.org/"\n'
    )
    settings = load_settings({"PORTAL_MAX_UPLOAD_MB": "30"}, folder=tmp_path)
    assert (settings.max_upload_mb, settings.base_url, settings.secure) == (30, "https://portal.example.org", True)


@pytest.mark.parametrize("wrong", ["0", "501", "ten", "-1", "1.5", "\N{ARABIC-INDIC DIGIT FIVE}"])
def test_a_wrong_limit_stops_the_start(tmp_path, wrong):
    with pytest.raises(SettingsError):
        load_settings({"PORTAL_MAX_UPLOAD_MB": wrong}, folder=tmp_path)


def test_a_wrong_address_stops_the_start(tmp_path):
    with pytest.raises(SettingsError):
        load_settings({"PORTAL_BASE_URL": "portal.example.org"}, folder=tmp_path)


@pytest.mark.parametrize("wrong", ["/portal", "/a/b/", "?a=b", "#a"])
def test_a_base_path_is_refused_in_words(tmp_path, wrong):
    with pytest.raises(SettingsError, match="below a path"):
        load_settings({"PORTAL_BASE_URL": f"https://portal.example.org{wrong}"}, folder=tmp_path)


@pytest.mark.parametrize("wrong", ["short", "a" * 31, "a" * 31 + " b"])
def test_a_weak_token_of_the_figures_stops_the_start(tmp_path, wrong):
    with pytest.raises(SettingsError, match="PORTAL_METRICS_TOKEN"):
        load_settings({"PORTAL_METRICS_TOKEN": wrong}, folder=tmp_path)


@pytest.mark.parametrize("wrong", ["https://a.example", "a.example:8501", "a b", "*"])
def test_a_host_that_is_no_name_stops_the_start(tmp_path, wrong):
    with pytest.raises(SettingsError, match="PORTAL_HOSTS"):
        load_settings({"PORTAL_HOSTS": wrong}, folder=tmp_path)


@pytest.mark.parametrize("wrong", ["proxy", "0.0.0.0/0", "::/0", "10.0.0.1/8"])
@pytest.mark.threat("DE4")
def test_proxies_that_are_no_addresses_or_everybody_stop_the_start(tmp_path, wrong):
    with pytest.raises(SettingsError, match="PORTAL_TRUSTED_PROXIES"):
        load_settings({"PORTAL_TRUSTED_PROXIES": wrong}, folder=tmp_path)


def test_proxies_are_read_as_a_list(tmp_path):
    told = load_settings({"PORTAL_TRUSTED_PROXIES": "127.0.0.1, 172.18.0.0/16"}, folder=tmp_path)
    assert told.trusted_proxies == ("127.0.0.1", "172.18.0.0/16")
    assert load_settings({}, folder=tmp_path).trusted_proxies == ("127.0.0.1",)
