"""Run in the peers' own environment: the seconds that each tool needs for the whole return, from a sample of it."""

import csv
import importlib.util
import io
import json
import logging
import random
import sys
import time
from collections.abc import Callable, Sequence

TEXT_COLUMNS = (3, 4, 5, 6, 8)  # street, postcode, type, caller, remarks
DISTINCT = 300  # cells, drawn by chance


def main() -> None:
    """Read what is asked, run each tool, print what each took."""
    logging.disable(logging.CRITICAL)
    asked = json.loads(sys.stdin.buffer.read())
    sample, whole = _cells(asked["sample"]), _cells(asked["whole"])
    told: dict[str, float | str] = {}
    for name in asked["names"]:
        try:
            tool = TOOLS[name]()
        except ModuleNotFoundError as error:
            told[name] = f"{error.name} is not installed"
            continue
        distinct = sorted(set(whole))
        chosen = random.Random(7).sample(distinct, DISTINCT) if "distinct" in name else sample  # noqa: S311 - the same cells in each run
        parts = len(distinct) / DISTINCT if "distinct" in name else len(whole) / len(sample)
        told[name] = _timed(tool, chosen) * parts
    sys.stdout.write("\n" + json.dumps(told))


def _cells(source: str) -> list[str]:
    rows = list(csv.reader(io.StringIO(source)))[1:]
    return [row[column] for row in rows for column in TEXT_COLUMNS]


def _timed(tool: Callable[[str], object], cells: Sequence[str]) -> float:
    tool("Jane Smith rang 07700 900123")  # what is loaded at the first call is no part of it
    begun = time.process_time()  # what others do on the machine is no part of it
    for cell in cells:
        tool(cell)
    return time.process_time() - begun


def presidio() -> Callable[[str], object]:
    """Presidio as its documentation sets it up, with the small English model."""
    if importlib.util.find_spec("en_core_web_sm") is None:
        raise ModuleNotFoundError(name="en_core_web_sm")
    from presidio_analyzer.nlp_engine import NlpEngineProvider  # noqa: PLC0415

    model = {"nlp_engine_name": "spacy", "models": [{"lang_code": "en", "model_name": "en_core_web_sm"}]}
    return _presidio(NlpEngineProvider(nlp_configuration=model).create_engine())


def patterns() -> Callable[[str], object]:
    """Presidio's patterns alone, over a model that only parts words."""
    import spacy  # noqa: PLC0415
    from presidio_analyzer.nlp_engine import SpacyNlpEngine  # noqa: PLC0415

    engine = SpacyNlpEngine()
    engine.nlp = {"en": spacy.blank("en")}
    return _presidio(engine)


def _presidio(engine: object) -> Callable[[str], object]:
    from presidio_analyzer import AnalyzerEngine  # noqa: PLC0415
    from presidio_anonymizer import AnonymizerEngine  # noqa: PLC0415

    analyzer, anonymizer = AnalyzerEngine(nlp_engine=engine, supported_languages=["en"]), AnonymizerEngine()
    return lambda cell: anonymizer.anonymize(cell, analyzer.analyze(cell, language="en"))


def datafog() -> Callable[[str], object]:
    """Datafog's default engine."""
    from datafog.services.text_service import TextService  # noqa: PLC0415

    service = TextService(engine="regex")
    annotate: Callable[[str], object] = service.annotate_text_sync
    return annotate


def scrubadub() -> Callable[[str], object]:
    """Scrubadub for Britain."""
    import scrubadub as tool  # noqa: PLC0415

    scrubber = tool.Scrubber(locale="en_GB")
    clean: Callable[[str], object] = scrubber.clean
    return clean


TOOLS: dict[str, Callable[[], Callable[[str], object]]] = {
    "presidio with spaCy small, as documented": presidio,
    "presidio with spaCy small, distinct cells only": presidio,
    "presidio, patterns only": patterns,
    "datafog": datafog,
    "scrubadub, British": scrubadub,
}


if __name__ == "__main__":
    main()
