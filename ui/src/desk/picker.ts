// Choosing words of the text by arrows, or by tapping the first and the last.

import { byId } from "./page";
import type { ArticleText } from "./text";
import type { Span, Words } from "./types";

export class Picker {
  private first = 0;
  private last = 0;
  private taps = 0;
  private done: ((span: Span | null) => void) | null = null;

  constructor(
    private readonly text: ArticleText,
    words: Words,
  ) {
    byId("picker-help").textContent = words["pick-words"] ?? "";
    byId("picker-take").textContent = words["pick-take"] ?? "";
    byId("picker-take").addEventListener("click", () => this.finish(this.span));
    byId("picker-leave").addEventListener("click", () => this.finish(null));
    text.element.addEventListener("click", (event) => this.tapped(event), true);
    document.addEventListener("keydown", (event) => this.pressed(event), true);
  }

  get active(): boolean {
    return this.done !== null;
  }

  private get span(): Span {
    return [this.text.wordSpan(this.first)[0], this.text.wordSpan(this.last)[1]];
  }

  /** Let words be chosen; null where the choice is left. */
  pick(from: Span): Promise<Span | null> {
    this.first = this.text.word(from[0]);
    this.last = Math.max(this.first, this.text.word(from[1] - 1));
    this.taps = 0;
    byId("picker").hidden = false;
    byId("text").focus();
    this.show();
    return new Promise((resolve) => {
      this.done = resolve;
    });
  }

  private show(): void {
    this.text.mark("pick", [this.span]);
    this.text.scrollTo(this.span);
  }

  private finish(span: Span | null): void {
    const done = this.done;
    this.done = null;
    byId("picker").hidden = true;
    this.text.mark("pick", []);
    done?.(span);
  }

  private tapped(event: MouseEvent): void {
    if (!this.active) return;
    event.preventDefault();
    event.stopPropagation();
    const offset = this.text.at(event.clientX, event.clientY);
    if (offset === null) return;
    const word = this.text.word(offset);
    if (this.taps++ % 2 === 0) this.first = this.last = word;
    else {
      this.last = Math.max(this.first, word);
      this.first = Math.min(this.first, word);
    }
    this.show();
  }

  private pressed(event: KeyboardEvent): void {
    if (!this.active || (event.target as HTMLElement).closest("button")) return;
    const step = this.step(event.key);
    if (event.key === "Enter") this.finish(this.span);
    else if (event.key === "Escape") this.finish(null);
    else if (step === 0) return;
    else this.move(step, event);
    event.preventDefault();
    event.stopPropagation();
  }

  private step(key: string): number {
    const forward = this.text.rightToLeft ? "ArrowLeft" : "ArrowRight";
    const back = this.text.rightToLeft ? "ArrowRight" : "ArrowLeft";
    return key === forward || key === "ArrowDown" ? 1 : key === back || key === "ArrowUp" ? -1 : 0;
  }

  private move(step: number, event: KeyboardEvent): void {
    if (event.shiftKey) this.last = Math.max(this.first, this.last + step);
    else if (event.altKey) this.first = Math.max(0, Math.min(this.last, this.first + step));
    else this.first = this.last = Math.max(0, (step > 0 ? this.last : this.first) + step);
    this.show();
  }
}
