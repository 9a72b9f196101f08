// The desk: a person decides about a draft, one claim after another.

import { faultText, showCard, showQueue } from "./desk/card";
import { Dialogs } from "./desk/dialogs";
import { startHome } from "./desk/home";
import { byId, element, filled, isolated } from "./desk/page";
import { Picker } from "./desk/picker";
import { get, hasToken, post, Refused, takeToken } from "./desk/server";
import { ArticleText } from "./desk/text";
import type { Choices, Claim, Decision, State, Words } from "./desk/types";

const LOOK = 1500;
const SWITCH = "qawl-desk-keys";

interface Action {
  key: string;
  name: string;
  do: () => unknown;
}

/** The keys of a keyboard that writes no Latin letters, by where they are. */
const PLACES: Record<string, string> = {
  Period: ".", Slash: "/", BracketLeft: "[", BracketRight: "]",
}; // biome-ignore format: a table

class Desk {
  private state!: State;
  private dialogs!: Dialogs;
  private chosen: string | null = null;
  private filter = "";
  private turn: Promise<unknown> = Promise.resolve();
  private writing = false;
  private dragging = false;
  private readonly text = new ArticleText(byId("article-text"));
  private readonly picker: Picker;
  private readonly path: string;
  private readonly language: string;
  private readonly words: Words;
  private readonly actions: Action[];

  constructor(readonly root: HTMLElement) {
    this.words = JSON.parse(root.dataset.words ?? "{}");
    this.language = root.dataset.language ?? "en";
    this.path = location.pathname;
    this.picker = new Picker(this.text, this.words);
    this.actions = [
      { key: "a", name: "accept", do: () => this.decideOnward("accept") },
      { key: "x", name: "reject", do: () => this.decideOnward("reject") },
      { key: "u", name: "undo", do: () => this.undo() },
      { key: "e", name: "edit", do: () => this.edit() },
      { key: "[", name: "outward", do: () => this.move("outward") },
      { key: "]", name: "inward", do: () => this.move("inward") },
      { key: "m", name: "merge", do: () => this.merge() },
      { key: "q", name: "same-question", do: () => this.ask() },
      { key: "n", name: "new", do: () => this.fresh() },
      { key: "k", name: "previous", do: () => this.step(-1) },
      { key: "j", name: "next", do: () => this.step(1) },
      { key: ".", name: "doubtful", do: () => this.onward() },
      { key: "/", name: "search", do: () => byId("search").focus() },
      { key: "?", name: "keys", do: () => byId<HTMLDialogElement>("keys").showModal() },
    ];
  }

  async start(): Promise<void> {
    const choices = await get<Choices>(`${this.path}/choices`);
    this.dialogs = new Dialogs(this.text, this.picker, this.words, choices, this.path);
    this.show(await get<State>(`${this.path}/state`));
    this.onward();
    this.makeTools();
    this.listen();
    if (!hasToken()) this.alarm(this.words["no-token"] ?? "");
    setInterval(() => void this.look(), LOOK);
    this.root.dataset.ready = "yes";
  }

  // Showing

  private get claim(): Claim | null {
    return this.state.claims.find((one) => one.id === this.chosen) ?? null;
  }

  private show(state: State): void {
    this.state = state;
    this.text.show(state.text);
    this.draw();
  }

  private draw(): void {
    const { counts, coverage } = this.state;
    byId("counts").textContent = this.state.draft ? filled(this.words.counts, counts) : "";
    const percent = Math.round((100 * coverage.covered) / Math.max(1, coverage.letters));
    byId("coverage").textContent = filled(this.words.covered, {
      percent,
      unexplained: coverage.unexplained,
    });
    const claim = this.claim;
    showCard(claim, this.state, this.words, this.language);
    showQueue(this.listed, this.chosen, this.words, (id) => this.choose(id));
    this.text.mark("claim", claim?.spans ?? []);
    const open = this.state.claims.filter((one) => one.status === "open");
    this.text.mark(
      "open",
      open.flatMap((one) => one.spans),
    );
    this.text.mark(
      "unread",
      this.state.unread.map((one) => one.span),
    );
    this.root.dataset.sha = this.state.sha256;
    this.drawGraph();
  }

  private drawGraph(): void {
    const { state, faults } = this.state.graph;
    this.root.dataset.graph = state;
    const told = element("span", { class: `graph ${state}` }, this.words[`graph-${state}`] ?? "");
    const list = faults.map((one) =>
      element("span", { class: "fault" }, isolated(`${one.part} ${faultText(one, this.language)}`)),
    );
    byId("status").replaceChildren(
      filled(this.words.saved, { file: this.state.file }), " ", told, ...list,
    ); // biome-ignore format: short
  }

  private get listed(): Claim[] {
    const wanted = this.filter.trim().toLocaleLowerCase();
    const all = this.state.claims;
    if (!wanted) return all;
    return all.filter((one) =>
      `${one.gloss} ${one.quote} ${one.id}`.toLocaleLowerCase().includes(wanted),
    );
  }

  private choose(id: string | null): void {
    this.chosen = id;
    this.draw();
    const span = this.claim?.spans[0];
    if (span) this.text.scrollTo(span);
  }

  private alarm(text: string): void {
    byId("alarm").replaceChildren(text ? isolated(text, { dir: "auto" }) : "");
  }

  // Going from claim to claim

  private step(by: number): void {
    const listed = this.listed;
    const at = listed.findIndex((one) => one.id === this.chosen);
    const next = listed[at < 0 ? 0 : Math.max(0, Math.min(listed.length - 1, at + by))];
    this.choose(next?.id ?? null);
  }

  /** Go to the most doubtful claim that is open, after the one that is shown. */
  private onward(): void {
    const order = [...this.state.claims]
      .filter((one) => one.status === "open")
      .sort((one, two) => two.doubt - one.doubt);
    const at = order.findIndex((one) => one.id === this.chosen);
    this.choose(order[(at + 1) % Math.max(1, order.length)]?.id ?? null);
  }

  // Deciding

  private async write(path: string, body: Record<string, unknown>): Promise<void> {
    this.alarm("");
    byId("status").textContent = this.words.sending ?? "";
    this.writing = true;
    try {
      this.show(await post<State>(`${this.path}/${path}`, { ...body, saw: this.state.sha256 }));
    } finally {
      this.writing = false;
    }
  }

  /** Have decisions written; a refusal is returned, or shown where nobody waits for it. */
  private async send(decisions: Decision[]): Promise<{ error: string; field: string } | null> {
    try {
      for (const decision of decisions) await this.write("decide", { decision });
      return null;
    } catch (error) {
      return this.refused(error, () => this.send(decisions));
    }
  }

  private refused(error: unknown, again: () => unknown): { error: string; field: string } | null {
    this.drawGraph();
    if (!(error instanceof Refused)) throw error;
    if (error.status === 409 && error.refusal.difference) {
      this.conflict(error.refusal.difference, again);
      return null;
    }
    const reason = error.status === 0 ? (this.words.offline ?? "") : error.refusal.error;
    this.alarm(`${this.words["not-written"]}: ${reason}`);
    return { error: reason, field: error.refusal.field ?? "" };
  }

  private conflict(difference: [string, string][], again: () => unknown): void {
    const dialog = byId<HTMLDialogElement>("conflict");
    for (const other of document.querySelectorAll<HTMLDialogElement>("dialog[open]")) other.close();
    byId("conflict-lines").replaceChildren(
      ...difference.map(([sign, line]) =>
        element(
          "span",
          { class: sign === "+" ? "added" : sign === "-" ? "gone" : "" },
          `${sign} ${line}\n`,
        ),
      ),
    );
    const goOn = async (): Promise<void> => {
      this.show(await get<State>(`${this.path}/state`));
      dialog.close();
    };
    byId("conflict-go-on").onclick = () => void goOn();
    byId("conflict-again").onclick = () => void goOn().then(again);
    dialog.showModal();
  }

  private async decideOnward(does: "accept" | "reject"): Promise<void> {
    const claim = this.claim;
    if (claim === null) return;
    const refused = await this.send([{ does, claim: claim.id }]);
    if (refused === null && !this.dialogs.open) this.onward();
  }

  private async undo(): Promise<void> {
    const claim = this.state.undo?.what.claim;
    try {
      await this.write("undo", {});
      if (typeof claim === "string") this.choose(claim);
    } catch (error) {
      this.refused(error, () => this.undo());
    }
  }

  private async move(way: string): Promise<void> {
    if (this.claim) await this.send([{ does: "move", claim: this.claim.id, way }]);
  }

  private edit(): void {
    const claim = this.claim;
    if (claim) this.dialogs.edit(claim, this.state, (decisions) => this.sendOnward(decisions));
  }

  private async sendOnward(
    decisions: Decision[],
  ): Promise<{ error: string; field: string } | null> {
    const refused = await this.send(decisions);
    if (refused === null) this.onward();
    return refused;
  }

  private merge(): void {
    if (this.claim) this.dialogs.merge(this.claim, this.state, (decisions) => this.send(decisions));
  }

  private ask(): void {
    if (this.claim) this.dialogs.ask(this.claim, (decisions) => this.sendOnward(decisions));
  }

  private fresh(): Promise<void> {
    return this.dialogs.fresh(this.claim, this.state, (decisions) => this.send(decisions));
  }

  // What comes from outside

  /** Whether what changes now is this page's own doing, or would take it out of a hand. */
  private get busy(): boolean {
    return this.writing || this.dragging || this.dialogs.open || this.picker.active;
  }

  private async look(): Promise<void> {
    if (document.hidden || this.busy) return;
    const seen = this.state;
    try {
      const now = await get<Pick<State, "sha256" | "graph">>(`${this.path}/now`);
      if (seen !== this.state || this.busy) return;
      if (now.sha256 !== seen.sha256) {
        this.show(await get<State>(`${this.path}/state`));
        this.alarm(this.words["changed-elsewhere"] ?? "");
      } else if (JSON.stringify(now.graph) !== JSON.stringify(seen.graph)) {
        seen.graph = now.graph;
        this.draw();
      }
    } catch (error) {
      if (error instanceof Refused) this.alarm(error.message || (this.words.offline ?? ""));
    }
  }

  private makeTools(): void {
    byId("tools").append(
      ...this.actions.map((action) => {
        const label = this.words[action.name] ?? action.name;
        const button = element(
          "button",
          { type: "button", "data-do": action.name },
          label,
          " ",
          element("kbd", { "aria-hidden": "true" }, action.key),
        );
        button.addEventListener("click", () => this.queue(action));
        return button;
      }),
    );
    byId("keys-list").append(
      ...this.actions.flatMap((action) => [
        element("dt", {}, element("kbd", {}, action.key)),
        element("dd", {}, this.words[action.name] ?? ""),
      ]),
      element("dt", {}, element("kbd", {}, "Esc")),
      element("dd", {}, this.words.back ?? ""),
    );
    const chosen = byId<HTMLInputElement>("keys-switch");
    chosen.checked = this.keysOn;
    chosen.addEventListener("change", () =>
      localStorage.setItem(SWITCH, chosen.checked ? "on" : "off"),
    );
  }

  private get keysOn(): boolean {
    return localStorage.getItem(SWITCH) !== "off";
  }

  /** Do one thing after another, so that fast fingers decide about what they have seen. */
  private queue(action: Action): void {
    this.turn = this.turn
      .then(() => (this.dialogs.open ? null : action.do()))
      .catch((error) => {
        this.alarm(String(error));
      });
  }

  private listen(): void {
    document.addEventListener("keydown", (event) => this.pressed(event));
    const search = byId<HTMLInputElement>("search");
    search.addEventListener("input", () => {
      this.filter = search.value;
      this.draw();
    });
    search.addEventListener("keydown", (event) => {
      if (event.key === "Enter") this.choose(this.listed[0]?.id ?? null);
      if (event.key === "Enter" || event.key === "Escape") search.blur();
    });
    this.text.element.addEventListener("click", (event) => this.clicked(event));
    this.listenToDragging();
  }

  private pressed(event: KeyboardEvent): void {
    const target = event.target as HTMLElement;
    if (event.ctrlKey || event.metaKey || event.altKey || this.dialogs.open) return;
    if (target.closest("input, select, textarea, [contenteditable]") || !this.keysOn) return;
    const latin = /^[!-~]$/.test(event.key);
    const placed = PLACES[event.code] ?? event.code.replace(/^Key/, "").toLowerCase();
    const action = this.actions.find((one) => one.key === (latin ? event.key : placed));
    if (!action) return;
    event.preventDefault();
    this.queue(action);
  }

  /** Choose the smallest claim at a word; once more, the next one around it. */
  private clicked(event: MouseEvent): void {
    if (getSelection()?.isCollapsed === false) return;
    const mark = (event.target as HTMLElement).closest<HTMLElement>("[data-claims]");
    if (!mark) return;
    event.preventDefault();
    const here = (mark.dataset.claims ?? "").split(" ").map((one) => one.split("/").pop());
    const at = here.indexOf(this.chosen ?? "");
    this.choose(here[(at + 1) % here.length] ?? null);
  }

  /** A card that is dropped on a voice in the text belongs to that voice. */
  private listenToDragging(): void {
    byId("card").addEventListener("dragstart", (event) => {
      this.dragging = true;
      event.dataTransfer?.setData("text/plain", this.chosen ?? "");
    });
    document.addEventListener("dragend", () => {
      this.dragging = false;
    });
    const text = this.text.element;
    text.addEventListener("dragover", (event) => event.preventDefault());
    text.addEventListener("drop", (event) => {
      event.preventDefault();
      const block = (event.target as HTMLElement).closest<HTMLElement>("[data-voice]");
      const voice = block?.dataset.voice ?? this.state.voices.find((one) => one.in === null)?.id;
      const claim = this.claim;
      if (!claim || !voice || voice === claim.form.voice) return;
      this.queue({
        key: "",
        name: "",
        do: () => this.send([{ does: "edit", claim: claim.id, changes: { voice } }]),
      });
    });
  }
}

function startWithoutDraft(): void {
  byId("make-draft").addEventListener("click", async () => {
    try {
      await post(`${location.pathname}/draft`, {});
      location.reload();
    } catch (error) {
      byId("alarm").textContent = String(error);
    }
  });
}

takeToken();
const root = document.getElementById("desk");
if (root?.dataset.draft === "yes")
  void new Desk(root).start().catch((error) => {
    byId("alarm").replaceChildren(isolated(error.message, { dir: "auto" }));
  });
else if (root) startWithoutDraft();
else startHome();
