/** The SPARQL page: an editor, examples with their parameters, and answers without leaving it. */

import { enhance } from "./answers/answer";
import { edit } from "./editor/editor";
import { type Described, Parameters } from "./editor/parameters";
import { button, element } from "./page/elements";
import { say, tools } from "./page/tools";

// What proxies take; a longer query is sent in the body of a request.
const LONGEST_ASKED = 8000;
// Half of what our server takes, for addresses to keep and to share.
const LONGEST_ADDRESS = 32_000;

const form = document.querySelector<HTMLFormElement>("#sparql")!;
const area = form.querySelector<HTMLTextAreaElement>("#query")!;
const submit = form.querySelector<HTMLButtonElement>("button[type=submit]")!;
const outcome = document.getElementById("outcome")!;
const status = element("span", { role: "status" });
const stop = button(say("stop"), () => running?.abort(), { disabled: true });
let running: AbortController | undefined;

const editor = edit(
  area,
  () => parameters.show(editor.text),
  () => form.requestSubmit(),
);
const parameters = new Parameters((text) => {
  editor.text = text;
});
form.querySelector(".actions")!.before(parameters.element);
submit.after(stop, status);
form.querySelector(".actions")!.after(element("p", { class: "muted" }, say("keys")));

function showMistake(message: string): void {
  outcome.replaceChildren(
    element("div", { id: "mistake", class: "mistake", role: "alert" }, element("p", {}, message)),
  );
}

/** Mark what the server has found wrong, and make its answer sort and filter. */
function receive(): void {
  const mistake = document.getElementById("mistake");
  if (mistake?.dataset.start) {
    editor.mark({
      from: Number(mistake.dataset.start),
      to: Number(mistake.dataset.end),
      message: mistake.querySelector(".message")?.textContent ?? "",
    });
  } else {
    editor.mark();
  }
  enhance(document.getElementById("answer"));
}

async function take(answer: Response): Promise<void> {
  const text = await answer.text();
  if (!answer.headers.get("content-type")?.startsWith("text/html")) {
    showMistake(text);
    return;
  }
  const page = new DOMParser().parseFromString(text, "text/html");
  const found = page.getElementById("outcome");
  outcome.replaceChildren(...(found?.childNodes ?? []));
  const count = document.querySelectorAll("table.result tbody tr").length;
  status.textContent = document.getElementById("answer") ? say("rows-announced", { count }) : "";
}

async function ask(asked: URLSearchParams): Promise<void> {
  running?.abort();
  const control = new AbortController();
  running = control;
  const address = `${form.action}?${asked}`;
  const long = address.length > LONGEST_ASKED;
  stop.disabled = false;
  status.textContent = say("running");
  outcome.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(long ? form.action : address, {
      headers: { Accept: "text/html" },
      signal: control.signal,
      ...(long ? { method: "POST", body: asked } : {}),
    });
    status.textContent = "";
    await take(answer);
  } catch {
    status.textContent = "";
    showMistake(say(control.signal.aborted ? "stopped" : "unreachable"));
  }
  // Another query may have taken the place of this one.
  if (running !== control) return;
  running = undefined;
  stop.disabled = true;
  outcome.removeAttribute("aria-busy");
  receive();
}

function asked(): URLSearchParams {
  const found = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    if (value !== "") found.append(name, String(value));
  }
  found.set("query", editor.text);
  return found;
}

form.addEventListener("submit", (event) => {
  area.value = editor.text;
  const given = asked();
  if (given.get("format")) return; // a file to keep, which the browser fetches
  event.preventDefault();
  const address = `${location.pathname}?${given}`;
  if (address.length <= LONGEST_ADDRESS) history.pushState(null, "", address);
  void ask(given);
});

addEventListener("popstate", () => {
  const given = new URLSearchParams(location.search);
  editor.text = given.get("query") ?? area.defaultValue;
  if (given.has("query")) void ask(given);
  else outcome.replaceChildren();
});

let questions: Promise<{ name: string; parameters: Described[] }[]> | undefined;

async function open(link: HTMLAnchorElement): Promise<void> {
  questions ??= fetch(tools.questions)
    .then((answer) => answer.json())
    .catch(() => []);
  const all = await questions;
  parameters.describe(all.find((one) => one.name === link.dataset.name)?.parameters ?? []);
  editor.text = new URL(link.href).searchParams.get("query") ?? "";
  form.requestSubmit();
  examples.open = false;
  form.scrollIntoView();
  editor.focus();
}

const examples = document.querySelector<HTMLDetailsElement>("#examples")!;
examples.addEventListener("click", (event) => {
  const link = (event.target as Element).closest<HTMLAnchorElement>("a[data-name]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  void open(link);
});

void parameters.show(editor.text);
receive();
