// The list of articles: a text is pasted or a file is dropped, and becomes an article.

import { byId } from "./page";
import { post } from "./server";

function base64(data: ArrayBuffer): string {
  let text = "";
  const bytes = new Uint8Array(data);
  for (let at = 0; at < bytes.length; at += 0x8000) {
    text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  }
  return btoa(text);
}

export function startHome(): void {
  const form = byId<HTMLFormElement>("add");
  const text = byId<HTMLTextAreaElement>("add-text");
  const chosen = byId<HTMLInputElement>("add-file");
  const status = byId("add-status");
  const value = (id: string) => byId<HTMLInputElement>(id).value.trim();

  async function add(content: Blob, name: string): Promise<void> {
    status.textContent = "…";
    const body = {
      content: base64(await content.arrayBuffer()),
      name,
      title: value("add-title"),
      slug: value("add-slug"),
    };
    try {
      const made = await post<{ slug: string }>("/desk", body);
      location.assign(`/desk/${made.slug}${location.search}`);
    } catch (error) {
      status.textContent = error instanceof Error ? error.message : String(error);
    }
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const file = chosen.files?.[0];
    if (file) void add(file, file.name);
    else void add(new Blob([text.value]), "");
  });
  // A file that misses the field would take the place of the page.
  document.addEventListener("dragover", (event) => {
    if (event.dataTransfer?.types.includes("Files")) event.preventDefault();
  });
  document.addEventListener("drop", (event) => {
    const file = event.dataTransfer?.files[0];
    if (!file) return;
    event.preventDefault();
    void add(file, file.name);
  });
}
