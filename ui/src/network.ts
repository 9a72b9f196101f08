/** The page of a network: it is drawn, searched, thinned by types, and an edge lists its quotes. */

import { folded, makeSortable } from "./answers/table";
import { type Drawn, draw } from "./networks/drawn";
import { element } from "./page/elements";
import { say } from "./page/tools";

interface Link {
  source: string;
  target: string;
  type?: string;
  weight: number;
  symmetric?: boolean;
  /** How the text marks its two voices: "explicit", "inferred", or both for some claims each. */
  marking?: string;
}

interface Data {
  directed: boolean;
  nodes: { id: string; label: string; type?: string; claims?: number; own?: number }[];
  links: Link[];
}

type Look = Record<string, [colour: string, label: string]>;

const place = document.getElementById("network");
const looks: { nodes: Look; edges: Look } = JSON.parse(
  document.getElementById("looks")?.textContent ?? '{"nodes":{},"edges":{}}',
);
const table = document.querySelector<HTMLTableElement>("#edges");

/** What is chosen: types that are off, and a node; it stands in the address. */
class State {
  readonly off: Set<string>;
  node: string;

  constructor() {
    const given = new URLSearchParams(location.hash.slice(1));
    this.off = new Set(given.getAll("off"));
    this.node = given.get("node") ?? "";
  }

  save(): void {
    const given = new URLSearchParams();
    for (const one of [...this.off].sort()) given.append("off", one);
    if (this.node) given.set("node", this.node);
    const hash = given.toString();
    history.replaceState(null, "", hash ? `#${hash}` : location.pathname + location.search);
  }
}

function markingOf(marking = ""): string {
  if (!marking.includes("inferred")) return "";
  return marking === "inferred" ? say("inferred") : say("partly-inferred");
}

function sizeOf(degree: number): number {
  return 4 + 2 * Math.sqrt(degree);
}

function drawnFrom(data: Data, container: HTMLElement): Drawn {
  const degrees = new Map<string, number>();
  for (const { source, target } of data.links) {
    for (const one of [source, target]) degrees.set(one, (degrees.get(one) ?? 0) + 1);
  }
  const heaviest = Math.max(25, ...data.links.map((link) => link.weight));
  return draw(
    container,
    data.nodes.map(({ id, label, type }) => ({
      id,
      label,
      colour: looks.nodes[type ?? ""]?.[0],
      size: sizeOf(degrees.get(id) ?? 0),
    })),
    data.links.map(({ source, target, type, weight, symmetric, marking }) => ({
      source,
      target,
      label: markingOf(marking),
      colour: Object.keys(looks.edges).length > 1 ? looks.edges[type ?? ""]?.[0] : undefined,
      width: 1.2 + 6.8 * Math.sqrt(weight / heaviest),
      directed: data.directed && !symmetric,
    })),
  );
}

/** Return the boxes that switch types on and off. */
function switches(kind: "nodes" | "edges", state: State, change: () => void): HTMLElement | null {
  const types = Object.entries(looks[kind]);
  if (types.length < 2) return null;
  const made = element(
    "fieldset",
    {},
    element("legend", {}, say(kind === "nodes" ? "nodes-types" : "edges-types")),
  );
  for (const [type, [colour, label]] of types) {
    const key = `${kind}:${type}`;
    const box = element("input", { type: "checkbox" });
    box.checked = !state.off.has(key);
    box.addEventListener("change", () => {
      if (box.checked) state.off.delete(key);
      else state.off.add(key);
      change();
    });
    const sign = element("span", { class: "swatch", "aria-hidden": "true" });
    sign.style.background = colour;
    made.append(element("label", {}, box, " ", sign, ` ${label}`));
  }
  return made;
}

/** Return what the table says of some edges, with the quotes of the only one open. */
function quotesOf(edges: readonly string[]): HTMLElement {
  const list = element("div", { class: "quotes" });
  for (const edge of edges) {
    const row = table?.querySelector(`tr[data-edge="${edge}"]`);
    const [from, to, type, weight, claims] = row?.querySelectorAll("td") ?? [];
    if (!from || !to) continue;
    const head = element("h3", {}, ...copied(from), " → ", ...copied(to));
    const note = [type?.textContent, weight?.textContent].filter(Boolean).join(" · ");
    const quotes = claims?.querySelector("details")?.cloneNode(true) as HTMLDetailsElement | null;
    if (quotes) quotes.open = edges.length === 1;
    list.append(head, element("p", { class: "muted" }, note), ...(quotes ? [quotes] : []));
  }
  return list;
}

function copied(cell: Element): Node[] {
  return [...cell.childNodes].map((one) => one.cloneNode(true));
}

function open(data: Data, place: HTMLElement): void {
  const state = new State();
  const container = element("div", { class: "network" });
  const panel = element("section", { "aria-live": "polite", "aria-label": say("chosen") });
  const labels = new Map(data.nodes.map((node) => [folded(node.label), node.id]));
  const search = element("input", { type: "search", list: "node-names", autocomplete: "off" });
  const names = element("datalist", { id: "node-names" });
  for (const { label } of data.nodes) names.append(element("option", { value: label }));

  const showTypes = () => {
    const typed = new Map(data.nodes.map((node) => [node.id, node.type]));
    drawn.show(
      (id) => !state.off.has(`nodes:${typed.get(id)}`),
      (id) => !state.off.has(`edges:${data.links[Number(id)]?.type}`),
    );
    state.save();
  };
  const choose = (node: string) => {
    state.node = node;
    state.save();
    drawn.choose(node || undefined);
    panel.replaceChildren();
    if (!node) return;
    const edges = drawn.graph.edges(node).sort((one, other) => Number(one) - Number(other));
    const label = drawn.graph.getNodeAttribute(node, "whole");
    panel.append(element("h2", {}, element("bdi", {}, label)), quotesOf(edges));
  };
  search.addEventListener("input", () => {
    const words = folded(search.value).trim();
    const found = labels.get(words) ?? "";
    if (found !== state.node) choose(found);
  });
  const tools = element(
    "div",
    { class: "network-tools" },
    element("label", {}, `${say("find-node")} `, search, names),
    switches("nodes", state, showTypes),
    switches("edges", state, showTypes),
  );
  place.append(tools, container, element("p", { class: "muted" }, say("network-help")), panel);
  const drawn = drawnFrom(data, container);
  showTypes();
  drawn.sigma.on("clickNode", ({ node }) => choose(node));
  drawn.sigma.on("clickEdge", ({ edge }) => panel.replaceChildren(quotesOf([edge])));
  drawn.sigma.on("clickStage", () => choose(""));
  const node = data.nodes.find((one) => one.id === state.node);
  if (node) {
    search.value = node.label;
    choose(node.id);
  }
}

if (table) makeSortable(table);
if (place) {
  const answer = await fetch(place.dataset.url!);
  if (answer.ok) open(await answer.json(), place);
}
