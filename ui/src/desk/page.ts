// Elements of the page: every text comes in as text, never as markup.

export function byId<T extends HTMLElement = HTMLElement>(id: string): T {
  const found = document.getElementById(id);
  if (!found) throw new Error(`the page has no #${id}`);
  return found as T;
}

type Child = Node | string | null | false;

/** Make an element; `attributes` are set as they are, false and null left out. */
export function element<K extends keyof HTMLElementTagNameMap>(
  name: K,
  attributes: Record<string, string | boolean | null> = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== false && value !== null) made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...children.filter((one): one is Node | string => one !== null && one !== false));
  return made;
}

/** A text that does not turn what is around it. */
export function isolated(text: string, attributes: Record<string, string> = {}): HTMLElement {
  return element("bdi", attributes, text);
}

/** Fill a sentence of the catalogue. */
export function filled(sentence: string | undefined, values: Record<string, unknown>): string {
  return (sentence ?? "").replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ""));
}

export function options(
  select: HTMLSelectElement,
  choices: [code: string, label: string][],
  chosen: string,
  empty = true,
): void {
  const all: [string, string][] = empty ? [["", "–"], ...choices] : [...choices];
  if (chosen && !all.some(([code]) => code === chosen)) all.push([chosen, chosen]);
  select.replaceChildren(...all.map(([code, label]) => new Option(label, code)));
  select.value = chosen;
}
