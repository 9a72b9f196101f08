// A field of the edit dialog that holds entities: their names, and a search for others.

import { element, filled, isolated } from "./page";
import type { Entity, Form, Words } from "./types";

export class EntityField {
  readonly name: string;
  readonly input: HTMLInputElement;
  readonly found: HTMLElement;
  private readonly chips: HTMLElement;
  private readonly many: boolean;
  private ids: string[] = [];
  private before = "";
  private names: Record<string, string> = {};

  constructor(
    part: HTMLElement,
    private readonly words: Words,
  ) {
    this.name = part.dataset.entities ?? "";
    this.many = "many" in part.dataset;
    this.input = part.querySelector("input") as HTMLInputElement;
    this.found = part.querySelector(".found") as HTMLElement;
    this.chips = part.querySelector(".chips") as HTMLElement;
  }

  get value(): string[] | string | null {
    return this.many ? this.ids : (this.ids[0] ?? null);
  }

  get changed(): boolean {
    return this.ids.join(" ") !== this.before;
  }

  set(value: Form[string] | undefined, names: Record<string, string>): void {
    this.ids = [value ?? []].flat().map(String).filter(Boolean);
    this.before = this.ids.join(" ");
    this.names = { ...names };
    this.draw();
  }

  add(one: Entity): void {
    this.names[one.id] = one.label;
    this.ids = this.many ? [...new Set([...this.ids, one.id])] : [one.id];
    this.input.value = "";
    this.found.replaceChildren();
    this.draw();
    this.input.focus();
  }

  private remove(id: string): void {
    this.ids = this.ids.filter((one) => one !== id);
    this.draw();
    this.input.focus();
  }

  private draw(): void {
    this.chips.replaceChildren(
      ...this.ids.map((id) => {
        const name = this.names[id] ?? id;
        const label = filled(this.words.remove, { name });
        const button = element(
          "button",
          { type: "button", "aria-label": label, title: label },
          "×",
        );
        button.addEventListener("click", () => this.remove(id));
        return element("li", { "data-id": id }, isolated(name, { dir: "auto" }), " ", button);
      }),
    );
  }
}
