// The article's text in the page: places in code points, and marks that change no letter of it.

import type { Span } from "./types";

/** A word, without the punctuation around it. */
const SHAPE = /[^\s\p{P}]+(?:\p{P}+[^\s\p{P}]+)*/gu;

/** The number of code points in the first `units` UTF-16 units of a text. */
function points(text: string, units: number): number {
  let count = 0;
  for (let at = 0; at < units; count++) at += (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
  return count;
}

function units(text: string, count: number): number {
  let at = 0;
  for (let seen = 0; seen < count; seen++) at += (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
  return at;
}

export class ArticleText {
  private nodes: { node: Text; start: number; length: number }[] = [];
  private words: Span[] = [];

  constructor(readonly element: HTMLElement) {}

  /** Show the text as the server has cut it. */
  show(html: string): void {
    this.element.innerHTML = html;
    this.nodes = [];
    let start = 0;
    const walker = document.createTreeWalker(this.element, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const length = points((node as Text).data, (node as Text).data.length);
      this.nodes.push({ node: node as Text, start, length });
      start += length;
    }
    const text = this.element.textContent ?? "";
    this.words = [...text.matchAll(SHAPE)].map((match) => {
      const first = points(text, match.index);
      return [first, first + points(match[0], match[0].length)];
    });
  }

  of(span: Span): string {
    return Array.from(this.element.textContent ?? "")
      .slice(span[0], span[1])
      .join("");
  }

  private point(offset: number, end: boolean): [Text, number] | null {
    for (const one of this.nodes) {
      const inside = offset - one.start;
      if (inside >= 0 && (inside < one.length || (end && inside === one.length))) {
        return [one.node, units(one.node.data, inside)];
      }
    }
    return null;
  }

  range(span: Span): Range | null {
    const first = this.point(span[0], false);
    const last = this.point(span[1], true);
    if (!first || !last) return null;
    const range = document.createRange();
    range.setStart(...first);
    range.setEnd(...last);
    return range;
  }

  /** Mark places, by a highlight of the stylesheet; the text in the page stays as it is. */
  mark(name: string, spans: Span[]): void {
    const ranges = spans.map((span) => this.range(span)).filter((range) => range !== null);
    if (ranges.length) CSS.highlights.set(name, new Highlight(...ranges));
    else CSS.highlights.delete(name);
  }

  scrollTo(span: Span): void {
    const parent = this.range([span[0], span[1]])?.startContainer.parentElement;
    parent?.scrollIntoView({ block: "center" });
  }

  private offset(node: Node, at: number): number | null {
    const found = this.nodes.find((one) => one.node === node);
    if (found) return found.start + points(found.node.data, at);
    const inside = node.childNodes[at] ?? node;
    const first = this.nodes.find((one) => inside.contains(one.node));
    return first ? first.start : null;
  }

  /** What is selected of the text, without blanks at its ends. */
  selected(): Span | null {
    const selection = getSelection();
    if (!selection || selection.isCollapsed || !selection.rangeCount) return null;
    const range = selection.getRangeAt(0);
    if (!this.element.contains(range.commonAncestorContainer)) return null;
    const start = this.offset(range.startContainer, range.startOffset);
    const end = this.offset(range.endContainer, range.endOffset);
    if (start === null || end === null || end <= start) return null;
    const text = this.of([start, end]);
    const before = points(text, text.length - text.trimStart().length);
    const kept = text.trim();
    return kept ? [start + before, start + before + points(kept, kept.length)] : null;
  }

  at(x: number, y: number): number | null {
    const caret = caretAt(x, y);
    return caret && this.element.contains(caret[0]) ? this.offset(...caret) : null;
  }

  /** The number of the word at an offset, or of the next one. */
  word(offset: number): number {
    const found = this.words.findIndex((one) => one[1] > offset);
    return found < 0 ? this.words.length - 1 : found;
  }

  wordSpan(number: number): Span {
    return this.words[Math.max(0, Math.min(number, this.words.length - 1))] ?? [0, 0];
  }

  get rightToLeft(): boolean {
    return this.element.dir === "rtl";
  }
}

function caretAt(x: number, y: number): [Node, number] | null {
  if ("caretPositionFromPoint" in document) {
    const found = document.caretPositionFromPoint(x, y);
    return found && [found.offsetNode, found.offset];
  }
  // Safari has only the older name.
  const older = document as unknown as { caretRangeFromPoint?(x: number, y: number): Range | null };
  const range = older.caretRangeFromPoint?.(x, y);
  return range ? [range.startContainer, range.startOffset] : null;
}
