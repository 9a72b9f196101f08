/** An answer as bars: a number of each row, beside what the row is called. */

import { choice, element } from "../page/elements";
import { say } from "../page/tools";
import { numberOf, textOf } from "./table";

const MOST = 100;

interface Columns {
  label: number;
  value: number;
}

function columnsOf(table: HTMLTableElement): { texts: number[]; numbers: number[] } {
  const rows = [...table.tBodies[0]!.rows];
  const all = [...table.tHead!.rows[0]!.cells].keys();
  const texts: number[] = [];
  const numbers: number[] = [];
  for (const column of all) {
    const numeric = rows.some((row) => numberOf(row.cells[column]) !== undefined);
    (numeric ? numbers : texts).push(column);
  }
  return { texts: texts.length ? texts : numbers, numbers };
}

function bars(table: HTMLTableElement, { label, value }: Columns): HTMLElement {
  const rows = [...table.tBodies[0]!.rows].filter((row) => !row.hidden);
  const found = rows
    .map((row) => ({ row, number: numberOf(row.cells[value]) }))
    .filter((one) => one.number !== undefined)
    .slice(0, MOST);
  const most = Math.max(...found.map((one) => Math.abs(one.number!)), 0) || 1;
  const list = element("ol", { class: "bars" });
  for (const { row, number } of found) {
    const bar = element("span", { class: "bar", "aria-hidden": "true" });
    bar.style.inlineSize = `${(100 * Math.abs(number!)) / most}%`;
    const link = row.cells[label]?.querySelector("a");
    const name = element("bdi", {}, textOf(row.cells[label]));
    const named = link ? element("a", { href: link.href }, name) : name;
    list.append(
      element(
        "li",
        {},
        element("span", { class: "name" }, named),
        element("span", { class: "track" }, bar),
        element("bdi", { class: "number" }, textOf(row.cells[value])),
      ),
    );
  }
  return list;
}

/** Return an answer as a chart, with selects for its columns. */
export function chartOf(table: HTMLTableElement): HTMLElement {
  const { texts, numbers } = columnsOf(table);
  if (!numbers.length) return element("p", {}, say("chart-none"));
  const names = [...table.tHead!.rows[0]!.cells].map((head) => head.textContent ?? "");
  const chosen: Columns = { label: texts[0]!, value: numbers[0]! };
  const drawn = element("div", {}, bars(table, chosen));
  const select = (text: string, among: number[], key: keyof Columns) =>
    choice(
      text,
      among.map((column) => [String(column), names[column]!] as const),
      String(chosen[key]),
      (column) => {
        chosen[key] = Number(column);
        drawn.replaceChildren(bars(table, chosen));
      },
    );
  return element(
    "div",
    { class: "chart" },
    element(
      "p",
      { class: "actions" },
      select(say("chart-label"), texts, "label"),
      select(say("chart-value"), numbers, "value"),
    ),
    drawn,
  );
}
