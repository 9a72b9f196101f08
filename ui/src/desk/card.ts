// The card of the claim that is looked at, and the list of all.

import { byId, element, filled, isolated } from "./page";
import type { Claim, Fault, State, VoiceLink, Words } from "./types";

function voice(one: VoiceLink, words: Words): HTMLElement {
  const marks = [
    one.inferred ? "" : one.marking,
    one.confidence === null ? "" : `${words.confidence} ${one.confidence}`,
  ];
  return element(
    "li",
    {
      class: `swatch${one.colour === null ? "" : ` v${one.colour}`}${one.inferred ? " inferred" : ""}`,
    },
    element("strong", {}, isolated(one.who)),
    " ",
    isolated(one.act),
    one.said ? " " : null,
    one.said ? isolated(one.said, { dir: "ltr" }) : null,
    one.inferred ? element("span", { class: "tag" }, words.inferred ?? "") : null,
    ...marks.filter(Boolean).map((mark) => element("span", { class: "tag" }, isolated(mark))),
  );
}

function facts(claim: Claim, words: Words): HTMLElement {
  const truth = claim.truth === null ? "" : ((claim.truth ? words.yes : words.no) ?? "");
  const rows: [string | undefined, string][] = [
    [words.answer, claim.answer || truth],
    [words.time, claim.times.join(" · ")],
    [words.stance, claim.stance + (claim.negative ? ` · ${words.negative}` : "")],
    [words.kind, claim.kind],
    [words.question, claim.question],
    [words.confidence, claim.confidence === null ? "" : String(claim.confidence)],
    [words.note, claim.notes.join(" · ")],
  ];
  const list = element("dl", { class: "facts" });
  for (const [term, value] of rows) {
    if (value) list.append(element("dt", {}, term ?? ""), element("dd", {}, isolated(value)));
  }
  return list;
}

export function reasons(claim: Claim, words: Words): string {
  return claim.reasons
    .map((reason) => filled(words[`doubt-${reason}`], { others: claim.others.join(", ") }))
    .join(" · ");
}

export function faultText(fault: Fault, language: string): string {
  return (language === "ar" && fault.message_ar) || fault.message;
}

/** Show a claim; its quote has the language and direction of the text. */
export function showCard(claim: Claim | null, state: State, words: Words, language: string): void {
  const card = byId("card");
  if (claim === null) {
    const nothing = state.counts.open === 0 ? words["all-decided"] : words["nothing-chosen"];
    card.replaceChildren(element("p", {}, nothing ?? ""));
    return;
  }
  const text = byId("article-text");
  const own = state.graph.faults.filter((one) => one.part === `claims.${claim.id}`);
  const why = reasons(claim, words);
  card.replaceChildren(
    element(
      "article",
      { class: `claim-card ${claim.status}`, draggable: "true", "data-claim": claim.id },
      element(
        "header",
        {},
        element("h2", {}, isolated(claim.gloss, { dir: "auto" })),
        element(
          "p",
          { class: "tools" },
          element("span", { class: `tag ${claim.status}` }, words[`status-${claim.status}`] ?? ""),
          " ",
          element("code", { dir: "ltr" }, claim.id),
        ),
      ),
      element("blockquote", { lang: text.lang, dir: text.dir }, claim.quote),
      element("ol", { class: "chain" }, ...claim.chain.map((one) => voice(one, words))),
      facts(claim, words),
      why ? element("p", { class: "doubt" }, `${words["why-doubtful"]}: `, isolated(why)) : null,
      ...own.map((one) => element("p", { class: "fault" }, isolated(faultText(one, language)))),
    ),
  );
}

/** List claims in the order of the text; `chosen` is the one that the card shows. */
export function showQueue(
  claims: Claim[],
  chosen: string | null,
  words: Words,
  choose: (id: string) => void,
): void {
  const list = byId("queue");
  const doubtful = claims.filter((one) => one.status === "open" && one.reasons.length > 0);
  list.replaceChildren(
    ...claims.map((claim) => {
      const button = element(
        "button",
        { type: "button", "aria-current": claim.id === chosen ? "true" : null },
        isolated(claim.gloss, { dir: "auto" }),
        " ",
        element(
          "small",
          { class: "who" },
          words[`status-${claim.status}`] ?? "",
          doubtful.includes(claim) ? ` · ${reasons(claim, words)}` : null,
        ),
      );
      button.addEventListener("click", () => choose(claim.id));
      return element("li", { class: claim.status }, button);
    }),
  );
  if (claims.length === 0) list.append(element("li", {}, words["none-found"] ?? ""));
  const current = list.querySelector<HTMLElement>("[aria-current]");
  // Only the list scrolls: the page stays where the text is being read.
  if (!current) return;
  const above = current.getBoundingClientRect().top - list.getBoundingClientRect().top;
  list.scrollTop += above - list.clientHeight / 3;
}
