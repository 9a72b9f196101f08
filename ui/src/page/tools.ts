/** What the server has put into the page for the scripts: sentences and addresses. */

interface Tools {
  language: "en" | "ar";
  words: Record<string, string>;
  sparql: string;
  terms: string;
  questions: string;
}

const data = document.getElementById("tools")?.textContent;
export const tools: Tools = data
  ? JSON.parse(data)
  : { language: "en", words: {}, sparql: "", terms: "", questions: "" };

/** Return a sentence of the catalogue, with its places filled in. */
export function say(key: string, values: Record<string, string | number> = {}): string {
  const sentence = tools.words[key] ?? key;
  return sentence.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}
