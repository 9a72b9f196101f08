/** Parameters of a query as fields: every VALUES block of one variable is one. */

import { element } from "../page/elements";
import { say, tools } from "../page/tools";
import { type Terms, terms } from "./terms";

const BLOCK = /VALUES\s+\?(\w+)\s*\{([^{}]*)\}/g;
const CHOOSABLE = 25;

export interface Described {
  name: string;
  type: string;
  description: Record<string, string>;
  values: string[];
}

interface Field {
  name: string;
  value: string;
  described?: Described;
}

function fieldsOf(text: string, described: readonly Described[]): Field[] {
  return [...text.matchAll(BLOCK)].map((block) => ({
    name: block[1]!,
    value: block[2]!.trim(),
    described: described.find((one) => one.name === block[1]),
  }));
}

/** Return the type of a parameter that nobody has described, as its value shows it. */
function typeOf({ described, value }: Field, known: Terms | undefined): string {
  if (described) return described.type;
  if (/\^\^xsd:date$/.test(value)) return "date";
  const resources = Object.entries(known?.resources ?? {});
  return resources.find(([, all]) => all.some(([name]) => name === value))?.[0] ?? "term";
}

/** Return a value as a person writes it, from a term. */
function shown(value: string): string {
  return value === "UNDEF" ? "" : value.replace(/^"(.*)"(\^\^\S+)?$/, "$1");
}

/** Return the term for what a person wrote; of a term, itself. */
function termOf(written: string, type: string): string {
  const text = written.trim();
  if (!text) return "UNDEF";
  if (type === "date") return `"${text}"^^xsd:date`;
  if (type === "string") return JSON.stringify(text);
  if (/^([+-]?\d+(\.\d+)?|true|false|[\w-]*:\S+|<\S+>|".*")$/.test(text)) return text;
  return JSON.stringify(text);
}

type Options = [value: string, text: string][];

function optionsOf({ described }: Field, type: string, known: Terms | undefined): Options {
  if (described?.values.length) return described.values.map((one) => [JSON.stringify(one), one]);
  if (type === "boolean") return ["true", "false"].map((one) => [one, one]);
  return known?.resources[type] ?? [];
}

function listed(options: Options): HTMLOptionElement[] {
  return options.map(([value, text]) => element("option", { value }, text));
}

function inputOf({ name }: Field, type: string, options: Options) {
  const id = `parameter-${name}`;
  if (options.length && options.length <= CHOOSABLE) {
    const any = element("option", { value: "UNDEF" }, say("any"));
    return element("select", { id, "data-name": name }, any, ...listed(options));
  }
  const kind = type === "date" ? "date" : "text";
  const list = options.length ? `${id}-values` : undefined;
  return element("input", { id, type: kind, list, "data-name": name, dir: "auto" });
}

/** The fields of the parameters of a query, beside its editor.
 *
 * :param replace: puts a changed text in place of the old one.
 */
export class Parameters {
  readonly element = element("fieldset", { class: "fields parameters", hidden: true });
  private described: readonly Described[] = [];
  private drawn = "";

  constructor(private readonly replace: (text: string) => void) {}

  /** Take over what a named question says about its parameters. */
  describe(described: readonly Described[]): void {
    this.described = described;
    this.drawn = "";
  }

  /** Show the fields of a text. */
  async show(text: string): Promise<void> {
    const fields = fieldsOf(text, this.described);
    const names = fields.map((one) => one.name).join(" ");
    if (names === this.drawn) return this.update(fields, text);
    this.drawn = names;
    const known = fields.length ? await terms() : undefined;
    this.element.hidden = !fields.length;
    this.element.replaceChildren(element("legend", {}, say("parameters")));
    for (const field of fields) this.element.append(this.field(field, known));
    this.update(fields, text);
  }

  private text = "";

  private update(fields: readonly Field[], text: string): void {
    this.text = text;
    for (const { name, value } of fields) {
      const input = this.element.querySelector<HTMLInputElement>(`[data-name="${name}"]`);
      if (input && input !== document.activeElement) input.value = this.written(input, value);
    }
  }

  private written(input: HTMLInputElement | HTMLSelectElement, value: string): string {
    if (!(input instanceof HTMLSelectElement)) return shown(value);
    if (![...input.options].some((one) => one.value === value)) {
      input.append(element("option", { value }, shown(value)));
    }
    return value;
  }

  private field(field: Field, known: Terms | undefined): HTMLElement {
    const type = typeOf(field, known);
    const input = inputOf(field, type, optionsOf(field, type, known));
    const list = input.getAttribute("list");
    const options = list ? optionsOf(field, type, known) : [];
    input.addEventListener("change", () => {
      const chosen = input instanceof HTMLSelectElement;
      this.set(field.name, chosen ? input.value : termOf(input.value, type));
    });
    const note = field.described?.description[tools.language];
    return element(
      "div",
      { class: "field" },
      element("label", { for: input.id, dir: "ltr" }, field.name),
      input,
      list ? element("datalist", { id: list }, ...listed(options)) : null,
      note ? element("small", { class: "muted" }, note) : null,
    );
  }

  private set(name: string, term: string): void {
    const text = this.text.replace(BLOCK, (block, one: string) =>
      one === name ? `VALUES ?${name} { ${term} }` : block,
    );
    this.replace(text);
  }
}
