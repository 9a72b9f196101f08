// The page of an article: what the address names after "#" is marked in the text and comes into
// view. Without this script the card of a claim still opens, by CSS alone.

const text = document.querySelector<HTMLElement>(".text");
const marks = [...document.querySelectorAll<HTMLElement>(".m")];

function claimsOf(mark: HTMLElement): string[] {
  return (mark.dataset.claims ?? "").split(" ");
}

/** Where a code point of the text stands: a node of the page, and the place in it. */
function place(offset: number): [Node, number] | undefined {
  if (!text) return undefined;
  const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
  let last: [Node, number] | undefined;
  let passed = 0;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    let units = 0;
    for (const letter of node.nodeValue ?? "") {
      if (passed === offset) return [node, units];
      passed += 1;
      units += letter.length;
    }
    last = [node, units];
  }
  return passed === offset ? last : undefined;
}

/** A range of code points, as RFC 5147 counts them: char=FROM,TO. */
function rangeOf(span: string): Range | undefined {
  const [from, to] = span.split(",", 2).map(Number);
  if (from === undefined || to === undefined || !(from >= 0 && to >= from)) return undefined;
  const [start, end] = [place(from), place(to)];
  if (!start || !end) return undefined;
  const range = document.createRange();
  range.setStart(...start);
  range.setEnd(...end);
  return range;
}

function show(ranges: Range[]): void {
  CSS.highlights?.set("claim", new Highlight(...ranges));
  const first = ranges[0]?.startContainer.parentElement;
  first?.scrollIntoView({ block: "center" });
}

/** Take back what the address "?claim=" had marked; another claim is asked for now. */
function forget(): void {
  for (const mark of document.querySelectorAll(".m.opened")) mark.classList.remove("opened");
  CSS.highlights?.delete("claim");
}

/** The card of a claim; of a very long text the page does not have them all. */
async function cardOf(fragment: string): Promise<HTMLElement | null> {
  const there = document.getElementById(`claim=${fragment}`);
  if (there) return there;
  const links = [...document.querySelectorAll<HTMLElement>("[data-card]")];
  const address = links.find((link) => link.dataset.fragment === fragment)?.dataset.card;
  if (!address) return null;
  const answer = await fetch(address);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const card = page.querySelector<HTMLElement>(".card");
  if (!card) return null;
  for (const one of document.querySelectorAll(".card.chosen")) one.classList.remove("chosen");
  card.classList.add("chosen");
  document.querySelector(".cards")?.append(card);
  return card;
}

async function follow(): Promise<void> {
  const fragment = decodeURIComponent(location.hash.slice(1));
  const [kind, ...rest] = fragment.split("=");
  const value = rest.join("=");
  if (kind !== "claim" && kind !== "char") return;
  forget();
  const card = kind === "claim" ? await cardOf(value) : null;
  const spans = kind === "char" ? [value] : (card?.dataset.spans ?? "").split(" ").filter(Boolean);
  show(spans.map(rangeOf).filter((one) => one !== undefined));
  card?.focus({ preventScroll: true });
}

/** Another click on the same words goes outward: from the smallest claim to the next one. */
function outward(event: MouseEvent): void {
  const mark = (event.target as Element).closest<HTMLElement>(".m");
  if (!mark || event.ctrlKey || event.metaKey || event.shiftKey || event.button > 0) return;
  const names = claimsOf(mark);
  const open = names.indexOf(decodeURIComponent(location.hash).replace("#claim=", ""));
  const next = names[(open + 1) % names.length];
  if ((open < 0 && mark.getAttribute("href")?.startsWith("#")) || next === undefined) return;
  event.preventDefault();
  location.hash = `claim=${next}`;
}

function close(event: KeyboardEvent): void {
  if (event.key !== "Escape" || !location.hash.startsWith("#claim=")) return;
  const name = decodeURIComponent(location.hash).replace("#claim=", "");
  location.hash = "text";
  marks.find((mark) => claimsOf(mark).includes(name))?.focus({ preventScroll: true });
}

/** The part of the text that is in view is framed in the small picture beside it. */
function frameView(): void {
  const picture = document.querySelector<SVGSVGElement>(".icicle");
  const length = Number(picture?.dataset.length);
  if (!picture || !length) return;
  const frame = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  frame.setAttribute("class", "frame");
  frame.setAttribute("x", "0");
  frame.setAttribute("width", String(picture.viewBox.baseVal.width));
  picture.append(frame);
  const paragraphs = [...document.querySelectorAll<HTMLElement>(".paragraph")];
  const starts = paragraphs.map((one) => Number(one.dataset.start));
  const seen = new Set<number>();
  const observer = new IntersectionObserver((entries) => {
    for (const entry of entries) {
      const index = paragraphs.indexOf(entry.target as HTMLElement);
      if (entry.isIntersecting) seen.add(index);
      else seen.delete(index);
    }
    const [first, last] = [Math.min(...seen), Math.max(...seen)];
    if (!seen.size) return;
    const [top, end] = [starts[first] ?? 0, starts[last + 1] ?? length];
    const scale = picture.viewBox.baseVal.height / length;
    frame.setAttribute("y", String(top * scale));
    frame.setAttribute("height", String((end - top) * scale));
  });
  for (const one of paragraphs) observer.observe(one);
}

text?.addEventListener("click", outward);
addEventListener("keydown", close);
addEventListener("hashchange", () => void follow());
frameView();
void follow();
