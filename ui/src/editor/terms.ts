/** The words of the graph that is served: fetched once, when they are first wanted. */

import { tools } from "../page/tools";

export interface Terms {
  prefixes: Record<string, string>;
  classes: [name: string, label: string, count: number][];
  properties: [name: string, label: string, count: number][];
  concepts: [name: string, label: string][];
  resources: Record<string, [name: string, label: string][]>;
}

let asked: Promise<Terms | undefined> | undefined;

/** Return the words of the graph; nothing where the server cannot be reached. */
export function terms(): Promise<Terms | undefined> {
  asked ??= fetch(tools.terms)
    .then((answer) => (answer.ok ? answer.json() : undefined))
    .catch(() => undefined);
  return asked;
}
