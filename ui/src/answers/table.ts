/** Tables of answers: sorted by a column, filtered by words. */

import { button, element } from "../page/elements";
import { say, tools } from "../page/tools";

const collator = new Intl.Collator(tools.language, { numeric: true, sensitivity: "base" });

/** Return the text of a cell without its notes, as one reads it. */
export function textOf(cell: Element | undefined): string {
  const main = cell?.querySelector("bdi") ?? cell;
  return main?.textContent?.trim() ?? "";
}

/** Return the number of a cell, or nothing. */
export function numberOf(cell: HTMLElement | undefined): number | undefined {
  const given = cell?.dataset.number;
  const number = given === undefined ? Number.NaN : Number(given);
  return Number.isFinite(number) ? number : undefined;
}

/** Fold a text for searching: case, Arabic vowel signs, hamza seats, ta marbuta, alif maqsura. */
export function folded(text: string): string {
  return text
    .normalize("NFKD")
    .replace(/[\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u0640]/g, "")
    .replace(/[أإآٱ]/g, "ا")
    .replace(/ة/g, "ه")
    .replace(/ى/g, "ي")
    .toLocaleLowerCase();
}

function compared(one: HTMLElement | undefined, other: HTMLElement | undefined): number {
  const [first, second] = [numberOf(one), numberOf(other)];
  if (first !== undefined && second !== undefined) return first - second;
  return collator.compare(textOf(one), textOf(other));
}

// The third press restores the order of the answer.
const NEXT: Record<string, string> = { "": "ascending", ascending: "descending", descending: "" };

/** Put a button into every head of a table, which sorts by its column. */
export function makeSortable(table: HTMLTableElement): void {
  const body = table.tBodies[0]!;
  const written = [...body.rows];
  const heads = [...table.tHead!.rows[0]!.cells];
  const sort = (head: HTMLTableCellElement, column: number) => {
    const direction = NEXT[head.getAttribute("aria-sort") ?? ""]!;
    for (const one of heads) one.removeAttribute("aria-sort");
    if (direction) head.setAttribute("aria-sort", direction);
    const sign = direction === "descending" ? -1 : 1;
    const sorted = [...written].sort((a, b) => sign * compared(a.cells[column], b.cells[column]));
    body.append(...(direction ? sorted : written));
  };
  heads.forEach((head, column) => {
    const name = head.textContent ?? "";
    const title = say("sort", { column: name });
    head.replaceChildren(button(name, () => sort(head, column), { title }));
  });
}

/** Return a field that shows only the rows with all of its words. */
export function filterField(table: HTMLTableElement, tell: (text: string) => void): HTMLElement {
  const rows = [...table.tBodies[0]!.rows];
  const texts = rows.map((row) => folded(row.textContent ?? ""));
  const field = element("input", { type: "search", autocomplete: "off" });
  field.addEventListener("input", () => {
    const words = folded(field.value).split(/\s+/).filter(Boolean);
    let shown = 0;
    rows.forEach((row, index) => {
      row.hidden = !words.every((word) => texts[index]!.includes(word));
      if (!row.hidden) shown += 1;
    });
    tell(words.length ? say("matching", { shown, all: rows.length }) : "");
  });
  return element("label", {}, `${say("filter")} `, field);
}
