/** Networks drawn on a canvas: laid out by forces, with the neighbourhood of what is pointed at. */

import Graph from "graphology";
import forceAtlas2 from "graphology-layout-forceatlas2";
import Sigma from "sigma";
import { element } from "../page/elements";

export interface DrawnNode {
  id: string;
  label: string;
  colour?: string;
  size?: number;
}

export interface DrawnEdge {
  source: string;
  target: string;
  label?: string;
  colour?: string;
  width?: number;
  directed?: boolean;
}

export interface Drawn {
  graph: Graph;
  sigma: Sigma;
  /** Show only what is wanted; nothing shows all. */
  show(node: (id: string) => boolean, edge: (id: string) => boolean): void;
  /** Let a node stand out with its neighbours, and bring it to the middle; nothing ends it. */
  choose(node: string | undefined): void;
}

type Colours = [text: string, line: string, surface: string, muted: string];

const ROUNDS = 300;
const FEW = 400;
const LONGEST = 42;

function shortened(label: string): string {
  return label.length > LONGEST ? `${label.slice(0, LONGEST)}…` : label;
}

function colourOf(name: string): string {
  const probe = element("span", { hidden: true });
  probe.style.color = `var(${name})`;
  document.body.append(probe);
  const found = getComputedStyle(probe).color;
  probe.remove();
  return found;
}

function graphOf(nodes: readonly DrawnNode[], edges: readonly DrawnEdge[]): Graph {
  const graph = new Graph({ multi: true });
  nodes.forEach((node, index) => {
    // On a spiral: the layout begins the same way each time, and never with two in one place.
    const angle = index * 2.4;
    graph.addNode(node.id, {
      label: shortened(node.label),
      whole: node.label,
      x: Math.sqrt(index + 1) * Math.cos(angle),
      y: Math.sqrt(index + 1) * Math.sin(angle),
      size: node.size ?? 6,
      color: node.colour ?? "#0072b2",
    });
  });
  edges.forEach((edge, index) => {
    graph.addEdgeWithKey(String(index), edge.source, edge.target, {
      label: edge.label ?? "",
      size: edge.width ?? 1.5,
      color: edge.colour ?? "#999999",
      type: edge.directed === false ? "line" : "arrow",
    });
  });
  const settings = { ...forceAtlas2.inferSettings(graph), adjustSizes: graph.order < FEW };
  forceAtlas2.assign(graph, { iterations: ROUNDS, settings });
  return graph;
}

/** Draw a network into an element that has a size. */
export function draw(
  container: HTMLElement,
  nodes: readonly DrawnNode[],
  edges: readonly DrawnEdge[],
): Drawn {
  const graph = graphOf(nodes, edges);
  // Labels begin beside their nodes, whatever their direction is.
  container.dir = "ltr";
  const [text, line, surface, muted] = ["--text", "--line", "--surface", "--muted"].map(
    colourOf,
  ) as Colours;
  const sigma = new Sigma(graph, container, {
    allowInvalidContainer: true,
    renderEdgeLabels: true,
    edgeLabelColor: { color: muted },
    edgeLabelSize: 11,
    edgeLabelFont: getComputedStyle(document.body).fontFamily,
    enableEdgeEvents: true,
    labelFont: getComputedStyle(document.body).fontFamily,
    labelSize: 13,
    labelColor: { color: text },
    labelRenderedSizeThreshold: graph.order > FEW ? 8 : 0,
    defaultDrawNodeHover: (context, data, settings) =>
      drawHover(context, data, settings, surface, text),
  });
  let wantedNode: (id: string) => boolean = () => true;
  let wantedEdge: (id: string) => boolean = () => true;
  let near: Set<string> | undefined;
  sigma.setSetting("nodeReducer", (id, data) => {
    const faded = near !== undefined && !near.has(id);
    return {
      ...data,
      hidden: !wantedNode(id),
      ...(faded ? { color: line, label: "", zIndex: 0 } : { zIndex: 1 }),
    };
  });
  sigma.setSetting("edgeReducer", (id, data) => {
    const [source, target] = graph.extremities(id);
    const shown = wantedEdge(id) && wantedNode(source) && wantedNode(target);
    const marked = near === undefined || (near.has(source) && near.has(target));
    return { ...data, hidden: !shown || !marked };
  });
  const mark = (node: string | undefined) => {
    near = node === undefined ? undefined : new Set([node, ...graph.neighbors(node)]);
    sigma.refresh({ skipIndexation: true });
  };
  let chosen: string | undefined;
  sigma.on("enterNode", ({ node }) => mark(node));
  sigma.on("leaveNode", () => mark(chosen));
  return {
    graph,
    sigma,
    choose(node) {
      chosen = node;
      mark(node);
      const at = node === undefined ? undefined : sigma.getNodeDisplayData(node);
      if (at) void sigma.getCamera().animate({ x: at.x, y: at.y }, { duration: 200 });
    },
    show(node, edge) {
      wantedNode = node;
      wantedEdge = edge;
      sigma.refresh({ skipIndexation: true });
    },
  };
}

function drawHover(
  context: CanvasRenderingContext2D,
  data: { x: number; y: number; size: number; whole?: string; color: string },
  settings: { labelSize: number; labelFont: string },
  surface: string,
  text: string,
): void {
  if (!data.whole) return;
  context.font = `bold ${settings.labelSize}px ${settings.labelFont}`;
  const wide = context.measureText(data.whole).width + 8;
  const high = settings.labelSize + 8;
  const left = data.x + data.size + 2;
  context.fillStyle = surface;
  context.strokeStyle = data.color;
  context.beginPath();
  context.rect(left, data.y - high / 2, wide, high);
  context.fill();
  context.stroke();
  context.fillStyle = text;
  context.fillText(data.whole, left + 4, data.y + settings.labelSize / 3);
}

/** Return an element that draws a network once it is in the page. */
export function drawnNetwork(
  nodes: readonly DrawnNode[],
  edges: readonly DrawnEdge[],
): HTMLElement {
  const container = element("div", { class: "network" });
  new ResizeObserver((_, observer) => {
    if (!container.clientWidth) return;
    observer.disconnect();
    draw(container, nodes, edges);
  }).observe(container);
  return container;
}
