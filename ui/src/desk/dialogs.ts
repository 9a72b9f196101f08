// The dialogs: each gives the decisions that a person has made in it, or none.

import { EntityField } from "./entities";
import { byId, element, filled, isolated, options } from "./page";
import type { Picker } from "./picker";
import { get } from "./server";
import type { ArticleText } from "./text";
import type {
  Choices,
  Claim,
  Decision,
  Entity,
  Form,
  FoundQuestion,
  Span,
  State,
  Words,
} from "./types";

type Changes = Record<string, unknown>;
/** Send decisions; the text of a refusal and its field, or nothing. */
export type Send = (decisions: Decision[]) => Promise<{ error: string; field: string } | null>;

const OF_VOICE = new Set(["speaker", "act", "marking", "said"]);
const SCHEMES: Record<string, string> = {
  comparator: "comparator",
  unit: "unit",
  stance: "stance",
  polarity: "polarity",
  modality: "modality",
  act: "speech-act",
  kind: "kind",
  marking: "marking",
  "question.how-many": "measure",
  "question.when": "aspect",
  "question.who": "role",
};

export class Dialogs {
  private readonly entityFields: EntityField[];

  constructor(
    private readonly text: ArticleText,
    private readonly picker: Picker,
    private readonly words: Words,
    private readonly choices: Choices,
    private readonly path: string,
  ) {
    this.entityFields = [...document.querySelectorAll<HTMLElement>("[data-entities]")].map(
      (part) => new EntityField(part, words),
    );
    for (const button of document.querySelectorAll<HTMLElement>("[data-close]")) {
      button.addEventListener("click", () => button.closest("dialog")?.close());
    }
    for (const area of document.querySelectorAll<HTMLTextAreaElement>("dialog textarea")) {
      area.addEventListener("keydown", (event) => {
        if (event.key !== "Enter" || event.shiftKey) return;
        event.preventDefault();
        area.form?.requestSubmit();
      });
    }
  }

  get open(): boolean {
    return document.querySelector("dialog[open]") !== null;
  }

  // Editing

  edit(claim: Claim, state: State, send: Send): void {
    const voice = state.voices.find((one) => one.id === claim.form.voice);
    const before: Form = { ...voice?.form, ...claim.form };
    const places: Record<string, Span[]> = { quote: claim.spans, surface: claim.surface };
    const moved: Changes = {};
    const dialog = byId<HTMLDialogElement>("edit");
    const form = dialog.querySelector("form") as HTMLFormElement;
    this.fill(form, before, state);
    for (const name of Object.keys(places)) this.showPlace(name, places[name] ?? []);
    for (const button of form.querySelectorAll<HTMLElement>("[data-pick]")) {
      button.onclick = () => this.pickPlace(button.dataset.pick ?? "", dialog, places, moved);
    }
    form.onsubmit = (event) => {
      event.preventDefault();
      void this.sendEdit(dialog, claim, voice?.id ?? "", before, moved, send);
    };
    this.show(dialog);
    const first = form.elements.namedItem(
      claim.form.value || claim.form.comparator ? "value" : "gloss",
    );
    (first as HTMLInputElement).focus();
    (first as HTMLInputElement).select();
  }

  private fill(form: HTMLFormElement, before: Form, state: State): void {
    for (const field of form.elements) {
      if (
        !(field instanceof HTMLInputElement) &&
        !(field instanceof HTMLSelectElement) &&
        !(field instanceof HTMLTextAreaElement)
      )
        continue;
      if (!field.name) continue;
      const value = before[field.name] ?? "";
      if (field instanceof HTMLSelectElement)
        options(field, this.listed(field.name, state), String(value));
      else if (field.type === "checkbox") (field as HTMLInputElement).checked = value === true;
      else field.value = String(value);
    }
    for (const field of this.entityFields) {
      field.set(before[field.name], state.names);
      this.search<Entity>(
        field.input,
        field.found,
        (q) => get(`${this.path}/entities`, { q }),
        (one) => this.entity(one),
        (one) => field.add(one),
      );
    }
  }

  private listed(name: string, state: State): [string, string][] {
    if (name === "voice") return state.voices.map((one) => [one.id, `${one.who} (${one.id})`]);
    if (name === "truth") {
      return [["true", this.words.yes ?? ""], ["false", this.words.no ?? ""]]; // biome-ignore format: a pair
    }
    return this.choices[SCHEMES[name] ?? ""] ?? [];
  }

  private showPlace(name: string, spans: Span[]): void {
    byId(`words-${name}`).textContent = spans.map((span) => this.text.of(span)).join(" … ");
  }

  private async pickPlace(
    name: string,
    dialog: HTMLDialogElement,
    places: Record<string, Span[]>,
    moved: Changes,
  ): Promise<void> {
    dialog.close();
    const present = places[name]?.[0] ?? places.quote?.[0] ?? [0, 1];
    const span = await this.picker.pick(present);
    dialog.showModal();
    dialog.querySelector<HTMLElement>(`[data-pick="${name}"]`)?.focus();
    if (span === null) return;
    places[name] = [span];
    moved[name] = span;
    this.showPlace(name, [span]);
  }

  private async sendEdit(
    dialog: HTMLDialogElement,
    claim: Claim,
    voice: string,
    before: Form,
    moved: Changes,
    send: Send,
  ): Promise<void> {
    const changes = { ...this.changed(dialog, before), ...moved };
    const ofVoice = Object.fromEntries(
      Object.entries(changes).filter(([key]) => OF_VOICE.has(key)),
    );
    const ofClaim = Object.fromEntries(
      Object.entries(changes).filter(([key]) => !OF_VOICE.has(key)),
    );
    const decisions: Decision[] = [];
    if (Object.keys(ofVoice).length)
      decisions.push({ does: "edit-voice", voice, changes: ofVoice });
    if (Object.keys(ofClaim).length)
      decisions.push({ does: "edit", claim: claim.id, changes: ofClaim });
    if (decisions.length === 0) dialog.close();
    else await this.finish(dialog, decisions, send);
  }

  private changed(dialog: HTMLDialogElement, before: Form): Changes {
    const found: Changes = {};
    const fields = "input[name], select[name], textarea[name]";
    for (const field of dialog.querySelectorAll<HTMLInputElement>(fields)) {
      const now = field.type === "checkbox" ? field.checked : field.value;
      if (now === (before[field.name] ?? (field.type === "checkbox" ? false : ""))) continue;
      found[field.name] = now === "" ? null : now;
    }
    for (const field of this.entityFields) {
      if (field.changed) found[field.name] = field.value;
    }
    return found;
  }

  private async finish(
    dialog: HTMLDialogElement,
    decisions: Decision[],
    send: Send,
  ): Promise<void> {
    const refused = await send(decisions);
    if (refused === null) dialog.close();
    else this.showFault(dialog, refused.error, refused.field);
  }

  private showFault(dialog: HTMLDialogElement, error: string, field: string): void {
    const named = field ? document.getElementById(`fault-${field}`) : null;
    const place = named ?? dialog.querySelector<HTMLElement>("p.fault");
    if (!place) return;
    place.replaceChildren(isolated(error, { dir: "ltr" }));
    const input = named && document.getElementById(`f-${field}`);
    input?.setAttribute("aria-invalid", "true");
    input?.setAttribute("aria-describedby", place.id);
    (input ?? place).scrollIntoView({ block: "nearest" });
    input?.focus();
  }

  private show(dialog: HTMLDialogElement): void {
    for (const fault of dialog.querySelectorAll(".fault")) fault.textContent = "";
    for (const field of dialog.querySelectorAll("[aria-invalid]"))
      field.removeAttribute("aria-invalid");
    dialog.showModal();
  }

  // Searching: typing searches, Enter takes the first that is found

  private search<T>(
    input: HTMLInputElement,
    list: HTMLElement,
    find: (words: string) => Promise<T[]>,
    shown: (one: T) => HTMLElement,
    take: (one: T) => void,
  ): void {
    let latest = 0;
    const look = async (): Promise<T[]> => {
      const number = ++latest;
      const found = await find(input.value);
      if (number !== latest) return found;
      list.replaceChildren(
        ...found.map((one) => {
          const button = element("button", { type: "button" }, shown(one));
          button.addEventListener("click", () => take(one));
          return element("li", {}, button);
        }),
      );
      if (!found.length && input.value)
        list.append(element("li", {}, this.words["none-found"] ?? ""));
      return found;
    };
    input.value = "";
    list.replaceChildren();
    input.oninput = () => void look();
    input.onkeydown = async (event) => {
      if (event.key === "ArrowDown") list.querySelector("button")?.focus();
      // With nothing to search for, Enter saves where a form has something to save.
      if (event.key !== "Enter" || (!input.value && input.closest("[data-entities]"))) return;
      event.preventDefault();
      const [first] = await look();
      if (first !== undefined) take(first);
    };
  }

  ask(claim: Claim, send: Send): void {
    const dialog = byId<HTMLDialogElement>("ask");
    this.search<FoundQuestion>(
      byId("ask-words"),
      byId("ask-found"),
      (q) => get(`${this.path}/questions`, { q }),
      (one) =>
        element(
          "span",
          {},
          isolated(one.label, { dir: "ltr" }),
          ...one.answers.map((answer) =>
            element("small", {}, isolated(answer.gloss, { dir: "auto" })),
          ),
        ),
      (one) =>
        void this.finish(
          dialog,
          [{ does: "same-question", claim: claim.id, question: one.question }],
          send,
        ),
    );
    this.show(dialog);
    byId("ask-words").focus();
  }

  private entity(one: Entity): HTMLElement {
    return element(
      "span",
      {},
      isolated(one.label, { dir: "auto" }),
      element("small", {}, ` ${one.kind} `, element("code", { dir: "ltr" }, one.id)),
    );
  }

  merge(claim: Claim, state: State, send: Send): void {
    const dialog = byId<HTMLDialogElement>("merge");
    const which = byId<HTMLSelectElement>("merge-which");
    const ids = named(claim, state);
    options(
      which,
      ids.map((id) => [id, state.names[id] ?? state.entities[id] ?? id]),
      ids[0] ?? "",
      false,
    );
    this.search<Entity>(
      byId("merge-words"),
      byId("merge-found"),
      (q) => get(`${this.path}/entities`, { q }),
      (one) => this.entity(one),
      (one) =>
        void this.finish(dialog, [{ does: "merge", entity: which.value, into: one.id }], send),
    );
    this.show(dialog);
    byId("merge-words").focus();
  }

  async fresh(claim: Claim | null, state: State, send: Send): Promise<void> {
    const from = claim?.spans[0] ?? [0, 1];
    const place = this.text.selected() ?? (await this.picker.pick(from));
    if (place === null) return;
    getSelection()?.removeAllRanges();
    const dialog = byId<HTMLDialogElement>("new");
    const form = dialog.querySelector("form") as HTMLFormElement;
    byId("new-words").textContent = this.text.of(place);
    options(
      byId("new-voice"),
      this.listed("voice", state),
      String(claim?.form.voice ?? state.voices[0]?.id),
      false,
    );
    options(byId("new-act"), this.choices["speech-act"] ?? [], "state", false);
    byId<HTMLTextAreaElement>("new-gloss").value = "";
    const left = state.unread.find(({ span }) => span[0] < place[1] && place[0] < span[1]);
    byId<HTMLTextAreaElement>("new-why").value = left?.why ?? "";
    const voice = () => byId<HTMLSelectElement>("new-voice").value;
    const cue = (speaker: Record<string, string>) => {
      const act = byId<HTMLSelectElement>("new-act").value;
      void this.finish(dialog, [{ does: "new-voice", place, in: voice(), speaker, act }], send);
    };
    this.search<Entity>(
      byId("new-speaker"),
      byId("new-found"),
      async (q) => {
        const found = await get<Entity[]>(`${this.path}/entities`, { q });
        return q ? [...found, { id: "", label: q, kind: "", known: "" }] : found;
      },
      (one) =>
        one.id ? this.entity(one) : isolated(filled(this.words["new-name"], { name: one.label })),
      (one) => cue(one.id ? { id: one.id } : { name: one.label }),
    );
    const what = () =>
      form.querySelector<HTMLInputElement>("[name=what]:checked")?.value ?? "claim";
    const turn = () => {
      for (const part of form.querySelectorAll<HTMLElement>("[data-for]")) {
        part.hidden = !part.dataset.for?.split(" ").includes(what());
      }
    };
    form.onchange = turn;
    turn();
    form.onsubmit = (event) => {
      event.preventDefault();
      const gloss = byId<HTMLTextAreaElement>("new-gloss").value.trim();
      const why = byId<HTMLTextAreaElement>("new-why").value.trim() || null;
      const decision =
        what() === "unread"
          ? { does: "leave-unread", place, why }
          : { does: "new-claim", place, voice: voice(), gloss };
      if (what() !== "voice") void this.finish(dialog, [decision], send);
    };
    this.show(dialog);
    byId("new-gloss").focus();
  }
}

/** Who and what a claim names: those that only this reading knows first. */
function named(claim: Claim, state: State): string[] {
  const chain = claim.chain.map(
    (link) => state.voices.find((one) => one.id === link.id)?.form.speaker,
  );
  const asked = Object.entries(claim.form)
    .filter(([key]) => /^question\.(of|event|place|actor|by|whole|where|did)$/.test(key))
    .map(([, value]) => value);
  const all = [...chain, claim.form.entity, claim.form.about, ...asked].flat() as string[];
  const ids = [...new Set(all.filter((one) => one && one !== "the-article"))];
  return ids.sort((one, two) => Number(two in state.entities) - Number(one in state.entities));
}
