"""Pictures, looked at: by Chromium, by what their pixels show, and by their text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import networkx as nx
import pytest
from browser import run_in_page, screenshot
from examples import ROOT
from lxml import etree
from PIL import Image
from programs import Program, need

from kg.errors import KgError, NetworkError, OutputError, ParameterError, PictureError
from kg.networks import network, projections
from kg.pictures import draw, draw_network, pictures
from kg.pictures.labels import clean, lines
from kg.pictures.theme import DARK, LIGHT, exchanged, style_sheet
from kg.store.local import Graph, open_graph

if TYPE_CHECKING:
    from pathlib import Path

SVG = "{http://www.w3.org/2000/svg}"
CLAIM = "us-dead-2003-2011"
NETWORKS = [one.name for one in projections() if one.name != "rdf"]
DRAWN = [*NETWORKS, "timeline", "answers", "voices"]
#: How much of a label another may cover: the descenders of a line above, not a letter.
COVERED = 0.02


@pytest.fixture(scope="module")
def article() -> Graph:
    need(Program.GRAPHVIZ)
    return open_graph(data=[ROOT / "graph" / "dumps" / "qawl.nq"])


@pytest.fixture(scope="module")
def drawn(article: Graph, tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], Path]:
    """Draw every picture as SVG in both languages."""
    folder = tmp_path_factory.mktemp("pictures")
    return {
        (name, lang): draw(
            name,
            folder / f"{name}-{lang}.svg",
            article,
            lang=lang,
            claim=CLAIM if name == "voices" else None,
        )
        for name in DRAWN
        for lang in ("en", "ar")
    }


def words_of(path: Path) -> str:
    root = etree.parse(path).getroot()
    return " ".join("".join(text.itertext()) for text in root.iter(f"{SVG}text"))


def plain(text: str) -> str:
    return re.sub(r"[\s\u200e\u200f\xa0]", "", text)


def test_every_label_is_in_the_picture(drawn: dict[tuple[str, str], Path], article: Graph) -> None:
    for name in NETWORKS:
        for lang in ("en", "ar"):
            shown = plain(words_of(drawn[name, lang]))
            graph = network(name, article, lang=lang)
            for _, data in graph.nodes(data=True):
                # Lines broken in the midst of several columns stand apart in the file.
                assert all(plain(line) in shown for line in lines(data["label"], lang=lang)), data[
                    "label"
                ]
            assert plain(graph.graph["title"]) in shown


def test_charts_tell_every_date_and_figure(drawn: dict[tuple[str, str], Path]) -> None:
    shown = words_of(drawn["timeline", "en"])
    for date in ("2003-03-19", "2003-03-20", "2005", "2006-02", "2007", "2010-08-31", "2011-12"):
        assert date in shown
    assert "[2006-01-10..2006-01-11,2006-12-30..2006-12-31]" in "".join(shown.split())
    shown = words_of(drawn["answers", "en"]).replace("\xa0", " ")
    for figure in (
        "4,487", "4,421", "66", "3,492", "38", "32,000", "305", "179", "136", "139", "802 billion",
        "747.6 billion", "14.32 billion", "861,000,000", "about 1,600,000", "5.5", "about 400,000",
        "100,000 to 150,000", "3 trillion", "≠ 2003-03-19", "≠ 2003-03-20",
        "cost · US dollar", "share of the population · per cent",
    ):  # fmt: skip
        assert figure in shown, figure
    shown = plain(words_of(drawn["voices", "ar"]))
    for words in ("بيبيسي", "وزارةالدفاعالأمريكية", "كاتب", "0.85", "فقدتالولاياتالمتحدة4487"):
        assert words in shown, words


GEOMETRY = """
  await document.fonts.ready;
  const found = {};
  for (const svg of document.querySelectorAll("svg")) {
    const frame = svg.getBoundingClientRect();
    const boxes = [...svg.querySelectorAll("text")].map((text) => {
      const {x, y, width, height} = text.getBoundingClientRect();
      const group = text.closest("g.node");
      const shape = group && group.querySelector(":scope > path");  // a rounded box
      const {x: left, y: top, right, bottom} = (shape || svg).getBoundingClientRect();
      return {text: text.textContent, x, y, width, height, left, top, right, bottom};
    });
    found[svg.id] = {frame: [frame.x, frame.y, frame.right, frame.bottom], boxes};
  }
  return found;
"""


def test_no_label_is_cut_or_covered(drawn: dict[tuple[str, str], Path], tmp_path: Path) -> None:
    need(Program.CHROMIUM)
    parts = []
    for (name, lang), path in drawn.items():
        text = path.read_text(encoding="utf-8")
        parts.append(text[text.index("<svg") :].replace("<svg", f'<svg id="{name}-{lang}"', 1))
    page = f'<!DOCTYPE html><meta charset="utf-8"><body>{"".join(parts)}</body>'
    found = run_in_page(page, GEOMETRY, tmp_path)
    assert set(found) == {f"{name}-{lang}" for name, lang in drawn}
    for name, picture in found.items():
        boxes = picture["boxes"]
        assert len(boxes) >= 5, name
        left, top, right, bottom = picture["frame"]
        for box in boxes:
            assert left <= box["x"], (name, box)
            assert box["x"] + box["width"] <= right, (name, box)
            assert top <= box["y"], (name, box)
            assert box["y"] + box["height"] <= bottom, (name, box)
            # Within its own box, where it has one: 2 px for the line.
            assert box["left"] - 2 <= box["x"], (name, box)
            assert box["x"] + box["width"] <= box["right"] + 2, (name, box)
        assert covered(boxes) <= COVERED, name


def covered(boxes: list[dict[str, Any]]) -> float:
    """Return which share of all letters lies under letters of another label.

    A line's box is higher than its letters; the middle two thirds are looked at.
    """
    letters = [
        (
            box["x"],
            box["y"] + box["height"] / 6,
            box["x"] + box["width"],
            box["y"] + box["height"] * 5 / 6,
        )
        for box in boxes
        if box["text"].strip()
    ]
    under = 0.0
    for number, (x0, y0, x1, y1) in enumerate(letters):
        for left, top, right, bottom in letters[number + 1 :]:
            width, height = min(x1, right) - max(x0, left), min(y1, bottom) - max(y0, top)
            if width > 0 and height > 0:
                under += width * height
    return under / sum((x1 - x0) * (y1 - y0) for x0, y0, x1, y1 in letters)


def test_covered_labels_are_noticed() -> None:
    one = {"text": "a", "x": 0, "y": 0, "width": 60, "height": 12}
    assert covered([one, {**one, "x": 50}]) > COVERED
    assert covered([one, {**one, "y": 12}]) == 0


def pixels(path: Path) -> Image.Image:
    """Return the first page or the picture of a PNG or PDF file."""
    if path.suffix == ".pdf":
        import pypdfium2

        document = pypdfium2.PdfDocument(path)
        image = document[0].render(scale=2).to_pil()
        document.close()
        return image.convert("RGB")
    with Image.open(path) as image:
        return image.convert("RGB")


@pytest.mark.parametrize("ending", ["png", "pdf"])
def test_pictures_are_not_empty(ending: str, article: Graph, tmp_path: Path) -> None:
    for name in DRAWN:
        path = draw(
            name,
            tmp_path / f"x.{ending}",
            article,
            lang="ar",
            claim=CLAIM if name == "voices" else None,
        )
        image = pixels(path)
        ground = image.getpixel((1, 1))
        assert ground == (255, 255, 255)
        colours = image.getcolors(1 << 24)
        blank = next(count for count, colour in colours if colour == ground)
        assert 0.005 < 1 - blank / (image.width * image.height) < 0.7, name
        assert len(colours) > 20, name


def ink(image: Image.Image, box: tuple[int, int, int, int]) -> list[tuple[int, int]]:
    """Return the stretches of columns that have dark pixels in a part of a picture."""
    part = image.crop(box).convert("L").point(lambda value: 255 if value < 90 else 0)
    columns = [
        part.crop((x, 0, x + 1, part.height)).getbbox() is not None for x in range(part.width)
    ]
    found: list[tuple[int, int]] = []
    start = None
    for x, dark in enumerate([*columns, False]):
        if dark and start is None:
            start = x
        elif not dark and start is not None:
            found.append((start, x))
            start = None
    return found


@pytest.mark.parametrize("ending", ["svg", "png", "pdf", "html"])
def test_arabic_is_joined_and_runs_from_right_to_left(ending: str, tmp_path: Path) -> None:
    """The word is an alef, which joins nothing after it, and three seens, which join one another.

    So it has two parts: to the left the seens in one, to the right the alef, narrow. Letters apart
    would be four parts; from left to right the alef would come first.
    """
    need(Program.GRAPHVIZ)
    graph = nx.Graph(lang="ar")
    graph.add_node("word", label="اسسس")
    path = draw_network(graph, tmp_path / f"word.{ending}")
    top = 0
    if ending in {"svg", "html"}:
        need(Program.CHROMIUM)
        shown = tmp_path / "shown.png"
        screenshot(path, shown, (600, 400))
        path, top = shown, 80 if ending == "html" else 0
    image = pixels(path)
    parts = ink(image, (0, top, image.width, image.height))
    assert len(parts) == 2, parts
    (left, left_end), (right, right_end) = parts
    assert left_end - left > 3 * (right_end - right)


def test_letters_apart_are_noticed(tmp_path: Path) -> None:
    """The same word with its letters kept from joining has four parts."""
    need(Program.GRAPHVIZ)
    graph = nx.Graph(lang="ar")
    graph.add_node("word", label="ا\u200cس\u200cس\u200cس")
    image = pixels(draw_network(graph, tmp_path / "word.png"))
    assert len(ink(image, (0, 0, image.width, image.height))) == 4


def test_dates_in_arabic_lines_keep_their_order() -> None:
    assert lines("العراق 2010-08-31", lang="ar") == ["\u200fالعراق \u200e2010-08-31\u200e"]
    assert lines("Iraq 2010-08-31") == ["Iraq 2010-08-31"]


def test_dark_pictures_are_dark(article: Graph, tmp_path: Path) -> None:
    ground = tuple(int(DARK.ground[at : at + 2], 16) for at in (1, 3, 5))
    path = draw("places", tmp_path / "x.png", article, theme="dark")
    assert pixels(path).getpixel((1, 1)) == ground
    svg = draw("places", tmp_path / "x.svg", article)
    page = draw("places", tmp_path / "x.html", article)
    text = draw("places", tmp_path / "dark.svg", article, theme="dark").read_text("utf-8")
    assert LIGHT.ground not in text
    need(Program.CHROMIUM)
    for path in (svg, page):
        screenshot(path, tmp_path / "light.png", (600, 400))
        screenshot(path, tmp_path / "dark.png", (600, 400), dark=True)
        assert pixels(tmp_path / "light.png").getpixel((3, 300)) == (255, 255, 255)
        assert pixels(tmp_path / "dark.png").getpixel((3, 300)) == ground


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours (WCAG 2.2)."""

    def luminance(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [
            part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
        ]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_text_can_be_read_on_every_colour() -> None:
    for theme in (LIGHT, DARK):
        ground, text, muted, _, *strokes = theme.colours()
        fills = strokes[len(strokes) // 2 :]
        assert contrast(ground, text) >= 7
        assert contrast(ground, muted) >= 4.5
        assert all(contrast(fill, text) >= 4.5 for fill in fills)


def test_colours_are_exchanged_one_by_one() -> None:
    assert exchanged(" ".join(LIGHT.colours())) == " ".join(DARK.colours())
    assert len(set(LIGHT.colours())) == len(LIGHT.colours())
    assert f'[fill="{LIGHT.ground}"]{{fill:{DARK.ground}}}' in style_sheet()


def test_the_page_works_offline_and_shows_quotes(article: Graph, tmp_path: Path) -> None:
    need(Program.CHROMIUM)
    page = draw("attribution", tmp_path / "x.html", article).read_text(encoding="utf-8")
    assert not re.findall(r'(?:src|href)="(?!#)[^"]*"', page.replace("xlink:href", ""))
    assert "default-src 'none'" in page
    found = run_in_page(
        page,
        """
        const out = {};
        const tip = document.getElementById("tip");
        const all = (element, path) => [...element.querySelectorAll(path)];
        const shown = () => all(document, "#stage svg:not([hidden])");
        const node = (label) =>
          all(shown()[0], "g.node").find((one) => one.textContent.includes(label));
        const rest = (one) => {
          const box = one.getBoundingClientRect();
          one.querySelector("text, path").dispatchEvent(new PointerEvent("pointermove",
            {bubbles: true, clientX: box.x + box.width / 2, clientY: box.y + box.height / 2}));
        };
        out.pictures = shown().map((svg) => svg.dataset.lang);
        rest(node("US Department of Defense"));
        out.tip = tip.textContent; out.tipShown = !tip.hidden;
        rest(shown()[0].querySelector("g.edge"));
        out.edge = tip.textContent;
        const search = document.getElementById("search");
        search.value = "وزاره"; search.dispatchEvent(new Event("input"));
        out.hits = all(shown()[0], ".hit")
          .map((one) => one.textContent.replace(/\\s+/g, " ").trim());
        search.value = ""; search.dispatchEvent(new Event("input"));
        out.none = document.querySelectorAll(".hit").length;
        document.getElementById("language").click();
        out.after = shown().map((svg) => svg.dataset.lang);
        out.direction = document.documentElement.dir;
        rest(node("بي بي سي"));
        out.tipArabic = tip.textContent;
        const before = shown()[0].getAttribute("viewBox");
        document.getElementById("stage").dispatchEvent(new WheelEvent("wheel",
          {deltaY: -300, clientX: 500, clientY: 400, cancelable: true}));
        out.zoomed = shown()[0].getAttribute("viewBox") !== before;
        document.getElementById("whole").click();
        out.whole = shown()[0].getAttribute("viewBox") === before;
        document.getElementById("theme").click();
        out.theme = document.documentElement.dataset.theme;
        out.asked = performance.getEntriesByType("resource").length;
        return out;
        """,
        tmp_path,
    )
    assert found["pictures"] == ["en"]
    assert found["tipShown"]
    assert "government body" in found["tip"]
    assert "«فقدت الولايات المتحدة 4487 عنصرا في العراق منذ غزو تلك البلاد»" in found["tip"]
    assert "→" in found["edge"]
    assert len(found["hits"]) == 1
    assert "US Department of Defense" in found["hits"][0]
    assert found["none"] == 0
    assert (found["after"], found["direction"]) == (["ar"], "rtl")
    assert "وسيلة إعلام" in found["tipArabic"]
    assert found["zoomed"]
    assert found["whole"]
    assert found["theme"] == "dark"
    assert found["asked"] == 0


def test_hostile_labels_stay_text(tmp_path: Path) -> None:
    need(Program.GRAPHVIZ)
    graph = nx.DiGraph(title="</script><script>alert(1)</script>", lang="en")
    evil = [
        "</script><b>x",
        "<TABLE>",
        "]]>&amp;&#9;",
        '"\\N',
        "\x00\x1b[31m",
        "\u202etext",
        "ك" * 10_000,
        "",
    ]
    for number, label in enumerate(evil):
        graph.add_node(number, label=label, type=label)
        graph.add_edge(0, number, type=label, type_label=label, weight=number)
    for ending in ("svg", "png", "html"):
        path = draw_network(graph, tmp_path / f"x.{ending}")
        assert path.stat().st_size > 500
    etree.parse(tmp_path / "x.svg")
    assert "]]>&amp;&#9;" in words_of(tmp_path / "x.svg")
    page = (tmp_path / "x.html").read_text(encoding="utf-8")
    assert page.count("</script>") == 2
    assert "<b>x" not in page
    assert "\u202e" not in words_of(tmp_path / "x.svg")


def test_labels_are_broken_and_cleaned() -> None:
    assert lines("one two three four five six seven eight") == [
        "one two three four five six",
        "seven eight",
    ]
    assert clean("a\x00b\u202ec\nd") == "abc d"
    assert [len(line) for line in lines("x" * 60)] == [28, 28, 4]
    assert lines("word " * 500, most=3)[-1].endswith("…")


def test_the_same_picture_each_time(article: Graph, tmp_path: Path) -> None:
    first = draw("actors-events", tmp_path / "one.svg", article).read_bytes()
    assert draw("actors-events", tmp_path / "two.svg", article).read_bytes() == first


def test_errors_name_what_to_do(
    article: Graph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cases: list[tuple[type[KgError], str, dict[str, Any], str]] = [
        (NetworkError, "nothing", {}, "there is no picture named 'nothing'"),
        (ParameterError, "voices", {}, "name the claim"),
        (ParameterError, "voices", {"claim": "no-such-claim"}, "no claim 'no-such-claim'"),
        (ParameterError, "timeline", {"claim": CLAIM}, "timeline: has no parameter 'claim'"),
        (ParameterError, "timeline", {"mode": "mild"}, "mode 'mild' is not one of"),
        (ParameterError, "places", {"theme": "pink"}, "theme 'pink' is unknown; use one of: "),
        (PictureError, "rdf", {}, r"\d,\d+ nodes and \d+,\d+ edges are too many to draw"),
        (PictureError, "timeline", {"stance": "possible"}, "no claim dates an event"),
        (
            PictureError,
            "answers",
            {"place": "mosul", "stance": "possible"},
            "no claim answers a how-many question",
        ),
        (NetworkError, "places", {"stance": "possible"}, "empty: no claim with stance=possible"),
    ]
    for error, name, parameters, message in cases:
        with pytest.raises(error, match=message):
            draw(name, tmp_path / "x.svg", article, **parameters)
    with pytest.raises(OutputError, match=r"use one of the extensions \.svg, \.png, \.pdf, \.html"):
        draw("places", tmp_path / "x.jpg", article)
    with pytest.raises(OutputError, match="cannot be written"):
        draw("places", tmp_path / "none" / "x.svg", article)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(PictureError, match=r"Graphviz.* is not installed.*apt install graphviz"):
        draw("places", tmp_path / "x.svg", article)
    assert list(tmp_path.iterdir()) == []


def test_pictures_on_the_command_line(kg: Any, tmp_path: Path) -> None:
    need(Program.GRAPHVIZ)
    data = ["--data", ROOT / "graph" / "dumps" / "qawl.nq"]
    listed = kg("draw", *data).stdout
    assert all(f"{name}: " in listed for name in pictures())
    done = kg("draw", "voices", "--claim", CLAIM, "-o", "v.svg", "--lang", "ar", *data)
    assert done.stdout == "v.svg\n"
    assert "بي بي سي" in words_of(tmp_path / "v.svg")
    query = "SELECT ?a ?b { ?a qawl:containedIn ?b }"
    assert kg("draw", "-", "-o", "q.svg", *data, stdin=query).returncode == 0
    assert "Mosul" in words_of(tmp_path / "q.svg")
    done = kg("draw", "places", *data)
    assert (done.returncode, done.stderr) == (
        2,
        "kg: places: name the file to draw to: -o places.svg\n",
    )
