"""Readings to and from annotation tools: W3C Web Annotation, brat standoff, UIMA CAS.

Hypothesis, Label Studio and doccano are read too.

All input goes through the same schema and grounding checks, as a draft.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.errors import ReadingError

if TYPE_CHECKING:
    from pathlib import Path

    from kg.knowledge.authority import Authority
    from kg.knowledge.ontology import Ontology
    from kg.readers.annotations.document import AnnotationDocument
    from kg.reading.draft import Draft
    from kg.text.article import Article

__all__ = ["FORMATS", "LARGEST_FILE", "annotation_files", "read_annotations"]

#: The formats that are written, and the ending of the main file of each.
FORMATS: Final = {
    "web-annotation": ".jsonld",
    "brat": ".ann",
    "cas-xmi": ".xmi",
    "cas-json": ".json",
}
#: Most annotations of one text that are read.
MOST_MARKS: Final = 10_000
#: Largest annotation file that is read, in bytes.
LARGEST_FILE: Final = 100_000_000


def annotation_files(document: AnnotationDocument, name: str) -> dict[str, bytes]:
    """Return the files of a format: the content by extension or file name.

    :param name: one of :data:`FORMATS`.
    """
    if name == "brat":
        from kg.readers.annotations.brat import annotation_conf, to_brat

        return {
            ".ann": to_brat(document),
            ".txt": document.text.encode(),
            "annotation.conf": annotation_conf(),
        }
    if name == "web-annotation":
        from kg.readers.annotations.web_annotation import to_web_annotations

        return {".jsonld": to_web_annotations(document)}
    from kg.readers.annotations.cas import to_cas, type_system_xml

    if name == "cas-json":
        return {".json": to_cas(document, as_json=True)}
    return {".xmi": to_cas(document, as_json=False), "TypeSystem.xml": type_system_xml()}


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise ReadingError(f"{path}: is larger than the limit of {LARGEST_FILE} bytes")
        return path.read_bytes()
    except OSError as error:
        raise ReadingError(f"{path}: cannot be read: {error.strerror or error}") from error


def read_annotations(
    path: Path, article: Article, authority: Authority, ontology: Ontology
) -> Draft:
    """Return the draft from a file of annotations.

    The format is detected from the file: brat by its extension ``.ann``, CAS by its beginning,
    Label Studio and doccano by their keys, and any other JSON is read as Web Annotations.

    :raises ReadingError: the file cannot be read, is in none of the formats, annotates another
        text, or has no annotation that can be used.
    """
    from kg.readers.annotations.to_reading import draft_of

    content = _read(path)
    if path.suffix == ".ann":
        from kg.readers.annotations.brat import from_brat

        beside = path.with_suffix(".txt")
        text = _read(beside).decode("utf-8", errors="replace") if beside.is_file() else article.text
        document = from_brat(content, text, str(path))
    elif path.suffix == ".xmi" or content.lstrip()[:5] == b"<?xml" or b'"%TYPES"' in content[:200]:
        from kg.readers.annotations.cas import from_cas

        types = path.parent / "TypeSystem.xml"
        known = _read(types) if path.suffix == ".xmi" and types.is_file() else None
        document = from_cas(content, str(path), known)
    elif content.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in {b"{", b"["}:
        from kg.readers.annotations.span_labels import from_span_labels, json_values, span_labels
        from kg.readers.annotations.web_annotation import from_web_annotations

        data = json_values(content, str(path))
        if labelled := span_labels(data):
            document = from_span_labels(labelled, str(path), article)
        else:
            document = from_web_annotations(data, str(path), article)
    else:
        raise ReadingError(
            f"{path}: is not in a known annotation format; supported are Web Annotations "
            "(JSON-LD), brat (.ann), UIMA CAS (.xmi, .json), and JSON of Hypothesis, Label Studio "
            "and doccano"
        )
    if document.left_out and not (document.marks or document.records):
        first = document.left_out[0]
        raise ReadingError(
            f"{path}: none of its annotations can be used; {first.part}: {first.why}"
        )
    if len(document.marks) > MOST_MARKS:
        raise ReadingError(
            f"{path}: has {len(document.marks)} layer annotations, more than the limit of "
            "{MOST_MARKS} for one text; remove those you do not need"
        )
    return draft_of(document, article, authority, ontology)
