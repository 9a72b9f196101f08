"""A small source of articles, in English and Arabic, and how a corpus is built from it."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any

from examples import ROOT

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["MADE", "TEXTS", "contents", "kg_command", "many_texts", "write_articles", "write_jsonl"]

#: The day that the drafts of all test corpora bear.
MADE = "2031-03-09"

TEXTS = {
    "rivertown-1": (
        "Twelve people died in the flood in Rivertown on 3 March 2031, the interior ministry said "
        "on Tuesday.\nAccording to the Red Crescent, 14 people were killed and 300 families were "
        "displaced.\nThe minister, Salim Haddad, told Reuters that the dam had not collapsed."
    ),
    "rivertown-2": (
        "The Red Crescent said 14 people had been killed in Rivertown.\n"
        "A spokesman for the ministry denied that the dam had collapsed."
    ),
    "nahr-1": (
        "قالت وزارة الداخلية يوم الثلاثاء إن 12 شخصا لقوا حتفهم في فيضان النهر.\n"
        "ونقلت وكالة رويترز عن الهلال الأحمر أن 14 شخصا قتلوا ونزح 300 شخص.\n"
        "ونفى الوزير انهيار السد."
    ),
    "nahr-2": (
        "وبحسب الهلال الأحمر، بلغ عدد القتلى 14 قتيلا.\n"
        "وأعلن محافظ المدينة أن 40 منزلا تضررت."
    ),
}  # fmt: skip


def write_jsonl(path: Path, texts: dict[str, str], **fields: str) -> Path:
    """Write texts as a JSONL table, and return its path."""
    rows = [{"id": name, "text": text, **fields} for name, text in texts.items()]
    path.write_text("".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows))
    return path


def many_texts(number: int) -> dict[str, str]:
    """Return as many different short articles."""
    kinds = list(TEXTS.items())
    return {
        f"{kinds[one % len(kinds)][0]}-{one}": f"{kinds[one % len(kinds)][1]}\n({one})"
        for one in range(number)
    }


def write_articles(folder: Path, articles: dict[str, tuple[str, dict[str, str]]]) -> Path:
    """Write articles' folders, as ``kg new`` makes them, with readings; return the folder.

    :param articles: text and readings by slug.
    """
    import yaml

    for slug, (text, readings) in articles.items():
        place = folder / slug
        (place / "readings").mkdir(parents=True)
        (place / "text.txt").write_text(text, encoding="utf-8")
        described: dict[str, Any] = {
            "text": "text.txt",
            "sha256": hashlib.sha256(text.encode()).hexdigest(),
            "language": "en",
            "label": {"en": slug, "ar": slug},
            "rights": {"en": "Made for tests.", "ar": "كتب للاختبار."},
        }
        (place / "article.yaml").write_text(yaml.safe_dump(described, allow_unicode=True))
        for name, reading in readings.items():
            (place / "readings" / f"{name}.yaml").write_text(reading, encoding="utf-8")
    return folder


def contents(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of each file of a corpus's parts and relations, by its path."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for part in ("parts", "relations")
        for path in sorted((folder / part).rglob("*"))
        if path.is_file()
    }


def kg_command(*arguments: str | Path, **options: Any) -> subprocess.Popen[bytes]:
    """Start ``kg`` as a process of its own."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    return subprocess.Popen(
        [sys.executable, "-m", "kg", *map(str, arguments)],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        **options,
    )
