/** What can follow in a query: keywords, prefixes, variables, and the words of the graph. */

import type { Completion, CompletionContext, CompletionResult } from "@codemirror/autocomplete";
import { type Terms, terms } from "./terms";

const KEYWORDS = (
  "SELECT CONSTRUCT DESCRIBE ASK WHERE DISTINCT REDUCED FROM NAMED PREFIX BASE OPTIONAL UNION " +
  "MINUS FILTER BIND VALUES GRAPH UNDEF EXISTS NOT IN AS LIMIT OFFSET HAVING ASC DESC"
).split(" ");
const PHRASES = ["GROUP BY", "ORDER BY", "NOT EXISTS"];
const FUNCTIONS = (
  "STR LANG LANGMATCHES DATATYPE BOUND IRI COUNT SUM MIN MAX AVG SAMPLE GROUP_CONCAT CONCAT STRLEN " +
  "UCASE LCASE CONTAINS STRSTARTS STRENDS STRBEFORE STRAFTER SUBSTR REPLACE REGEX ABS ROUND CEIL " +
  "FLOOR YEAR MONTH DAY NOW IF COALESCE SAMETERM ISIRI ISBLANK ISLITERAL ISNUMERIC STRDT STRLANG"
).split(" ");

const WORDS: Completion[] = [
  ...[...KEYWORDS, ...PHRASES].map((label) => ({ label, type: "keyword" })),
  ...FUNCTIONS.map((label) => ({ label, type: "function", apply: `${label}(` })),
];

function named(found: Terms): Completion[] {
  const counted =
    (type: string, boost: number) =>
    ([name, label, count]: [string, string, number]): Completion => ({
      label: name,
      detail: count ? `${label} · ${count}` : label,
      type,
      boost,
    });
  const resources = new Map<string, Completion>();
  for (const [name, label] of [...found.concepts, ...Object.values(found.resources).flat()]) {
    resources.set(name, { label: name, detail: label, type: "constant" });
  }
  return [
    ...found.properties.map(counted("property", 2)),
    ...found.classes.map(counted("class", 1)),
    ...resources.values(),
  ].filter((one) => /^[\w-]*:\S/.test(one.label));
}

let all: Completion[] | undefined;
let prefixes: Completion[] = [];

async function load(): Promise<void> {
  if (all) return;
  const found = await terms();
  if (!found) return;
  all = named(found);
  prefixes = Object.entries(found.prefixes).map(([prefix, iri]) => ({
    label: `${prefix}:`,
    detail: iri,
    type: "namespace",
  }));
}

/** Complete the word before the cursor. */
export async function complete(context: CompletionContext): Promise<CompletionResult | null> {
  const variable = context.matchBefore(/[?$][\w\u00c0-\uffff]*/);
  if (variable) {
    const text = context.state.doc.toString();
    const found = new Set(text.match(/[?$][\w\u00c0-\uffff]+/g) ?? []);
    found.delete(variable.text);
    const options = [...found].map((label) => ({ label, type: "variable" }));
    return { from: variable.from, options };
  }
  const name = context.matchBefore(/[\w-]*:[\w./-]*/);
  const word = name ?? context.matchBefore(/[\w-]+/);
  if (!word && !context.explicit) return null;
  await load();
  const from = word?.from ?? context.pos;
  const options = name ? (all ?? []) : [...WORDS, ...prefixes, ...(all ?? [])];
  return { from, options, validFor: name ? /^[\w-]*:[\w./-]*$/ : /^[\w-]*$/ };
}
