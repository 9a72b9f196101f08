/** The answer to a query: its table sorts and filters, and has other views. */

import { button, choice, element } from "../page/elements";
import { say } from "../page/tools";
import { chartOf } from "./chart";
import { filterField, makeSortable, numberOf, textOf } from "./table";

type View = () => HTMLElement | Promise<HTMLElement>;

const isLinked = (cell?: HTMLElement) => cell?.querySelector("a") != null;

/** Return the columns that are ends of edges: the first with links, else the first with words. */
function endsOf(table: HTMLTableElement): number[] {
  if (table.dataset.triples) return [0, 2];
  const rows = [...table.tBodies[0]!.rows];
  const columns = [...table.tHead!.rows[0]!.cells].map((_, column) => column);
  const words = columns.filter((one) =>
    rows.some((row) => textOf(row.cells[one]) && numberOf(row.cells[one]) === undefined),
  );
  const linked = words.filter((one) => rows.some((row) => isLinked(row.cells[one])));
  return [...new Set([...linked, ...words])].slice(0, 2);
}

function networkOf(table: HTMLTableElement): View {
  const names = [...table.tHead!.rows[0]!.cells].map((head) => head.textContent ?? "");
  const ends = endsOf(table);
  return async () => {
    const [first, second] = ends;
    if (first === undefined || second === undefined) return element("p", {}, say("network-none"));
    const { drawnNetwork } = await import("../networks/drawn");
    const drawn = () => {
      const rows = [...table.tBodies[0]!.rows].filter((row) => !row.hidden);
      const triples = table.dataset.triples !== undefined;
      const edges = rows
        .filter((row) => !triples || isLinked(row.cells[2]))
        .map((row) => ({
          source: textOf(row.cells[ends[0]!]),
          target: textOf(row.cells[ends[1]!]),
        }))
        .filter(({ source, target }) => source && target);
      const nodes = new Set(edges.flatMap((edge) => [edge.source, edge.target]));
      return drawnNetwork(
        [...nodes].map((name) => ({ id: name, label: name })),
        edges,
      );
    };
    const picture = element("div", {}, drawn());
    const select = (text: string, end: 0 | 1) =>
      choice(
        text,
        names.map((name, column) => [String(column), name] as const),
        String(ends[end]),
        (column) => {
          ends[end] = Number(column);
          picture.replaceChildren(drawn());
        },
      );
    const tools = element("p", { class: "actions" }, select(say("from"), 0), select(say("to"), 1));
    return element("div", {}, tools, picture);
  };
}

function turtleOf(section: HTMLElement): View {
  return async () => {
    const link = section.querySelector<HTMLAnchorElement>('a[data-format="ttl"]')!;
    const answer = await fetch(link.href);
    return element("pre", { dir: "ltr", tabindex: "0" }, await answer.text());
  };
}

/** Make the table of an answer sort and filter, and offer its other views. */
export function enhance(section: HTMLElement | null): void {
  const table = section?.querySelector<HTMLTableElement>("table.result");
  if (!section || !table?.tBodies[0]?.rows.length) return;
  makeSortable(table);
  const region = table.parentElement!;
  const other = element("div", { class: "view" });
  const count = section.querySelector(".count");
  const told = count?.textContent ?? "";
  const views: [string, View | undefined][] = [
    ["table", undefined],
    ["chart", () => chartOf(table)],
    ["network", networkOf(table)],
    ["turtle", table.dataset.triples ? turtleOf(section) : undefined],
  ];
  const names: Record<string, string> = {
    table: say("table"),
    chart: say("chart"),
    network: say("network"),
    turtle: "Turtle",
  };
  const buttons: HTMLButtonElement[] = [];
  for (const [name, view] of views) {
    if (name === "turtle" && !view) continue;
    const press = async () => {
      for (const one of buttons) one.setAttribute("aria-pressed", String(one === made));
      region.hidden = view !== undefined;
      other.replaceChildren(...(view ? [await view()] : []));
    };
    const made = button(names[name]!, press, { "aria-pressed": String(!view) });
    buttons.push(made);
  }
  const filter = filterField(table, (text) => {
    if (count) count.textContent = text || told;
  });
  count?.setAttribute("role", "status");
  const group = element("span", { role: "group", "aria-label": say("views") }, ...buttons);
  region.before(element("div", { class: "views" }, group, filter), other);
}
