"""The voices of a reading as quads: who speaks, where, when and how, and inside which other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.graph.compile_values import located
from kg.rdf.iris import concept, part_of
from kg.rdf.quads import boolean, integer, text
from kg.reading.parts import Time
from kg.wording import listed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pyoxigraph import NamedNode

    from kg.graph.compile_values import ValueCompiler
    from kg.reading.grounded import GroundedReading, GroundedVoice
    from kg.reading.model import Voice

__all__ = ["compile_voice"]


def compile_voice(reading: GroundedReading, values: ValueCompiler, name: str) -> None:
    """Describe one voice of a reading.

    :raises ReadingError: an entity or a speech act is unknown or of the wrong kind.
    """
    grounded, node = reading.voices[name], values.name.member("voice", name)
    voice, place, add = grounded.voice, grounded.place, values.sink.add
    values.sink.add_types(node, *values.ontology.types("Voice"))
    add(node, "qawl:inReading", values.name.node)
    add(node, "dcterms:identifier", text(name))
    add(node, "qawl:shortId", text(values.name.short(name)))
    add(node, "qawl:depth", integer(_depth(reading.reading.voices, name)))
    if voice.in_ is None:
        values.sink.add_types(node, *values.ontology.types("ArticleVoice"))
        add(node, "qawl:inSource", values.work)
    else:
        add(node, "qawl:quotedIn", values.name.member("voice", voice.in_))
    _describe_act(values, node, voice, place)
    _describe_people(values, node, voice, place)
    add(node, "qawl:marking", concept("marking", voice.marking))
    add(node, "qawl:transmission", concept("transmission", voice.transmission))
    if voice.relay_stance is not None:
        add(node, "qawl:relayStance", concept("relay-stance", voice.relay_stance))
    if voice.said_in is not None:
        add(node, "qawl:saidInLanguage", text(voice.said_in))
    values.interpretation(node, voice)
    for span in grounded.cues:
        add(node, "qawl:cue", values.passage(span))
    _describe_times(reading, values, name, grounded)


def _depth(voices: Mapping[str, Voice], name: str) -> int:
    depth, voice = 0, voices[name]
    while voice.in_ is not None:
        depth, voice = depth + 1, voices[voice.in_]
    return depth


def _describe_act(values: ValueCompiler, node: NamedNode, voice: Voice, place: str) -> None:
    with located(place):
        act = values.ontology.concept("speech-act", voice.act)
    values.sink.add(node, "qawl:speechAct", act)
    speakers = [values.entity(one, place, "actor", "population") for one in voice.speaker]
    if not speakers and voice.source is not None:
        speakers = [values.entity(voice.source, place, "source")]
    for language in ("en", "ar"):
        who = ", ".join(values.label(one, language) for one in speakers)
        label = f"{who} ({values.label(act, language)})"
        values.sink.add(node, "rdfs:label", text(label, language))
        names = sorted(values.full_label(one, language) for one in speakers)
        values.sink.add(node, "qawl:speakerLabel", text(listed(names, language), language))


def _describe_people(values: ValueCompiler, node: NamedNode, voice: Voice, place: str) -> None:
    add = values.sink.add
    for one in voice.speaker:
        add(node, "qawl:speaker", values.entity(one, place, "actor", "population"))
    for one in voice.addressee:
        add(node, "qawl:addressee", values.entity(one, place, "actor", "population"))
    for one in voice.on_behalf_of:
        add(node, "qawl:onBehalfOf", values.entity(one, place, "actor"))
    if voice.jointly is not None:
        add(node, "qawl:jointly", boolean(voice.jointly))
    if voice.source is not None:
        add(node, "qawl:inSource", values.entity(voice.source, place, "source"))


def _describe_times(
    reading: GroundedReading, values: ValueCompiler, name: str, grounded: GroundedVoice
) -> None:
    voice, node = grounded.voice, values.name.member("voice", name)
    said, published = voice.said, values.article.metadata.published
    if voice.in_ is None and said is None and published is not None:
        # The article speaks when it is published, though it has no words for that; where the day is
        # unknown nothing is supplied.
        said = Time(edtf=published, status="implied")
    for predicate, part, time, words in (
        ("qawl:saidDuring", "said", said, grounded.said),
        ("qawl:asOf", "as-of", voice.as_of, grounded.as_of),
    ):
        if time is not None:
            inner = part_of(node, part)
            place = reading.file.place("voices", name, part)
            values.sink.add(node, predicate, values.time(inner, time, words, place))
