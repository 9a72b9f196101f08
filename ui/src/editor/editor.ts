/** The editor of a query: it stands in for the text area, and keeps its text up to date. */

import { autocompletion, closeBrackets, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { bracketMatching, HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import { type Diagnostic, lintGutter, lintKeymap, setDiagnostics } from "@codemirror/lint";
import { EditorState } from "@codemirror/state";
import { drawSelection, EditorView, keymap, lineNumbers } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { SparqlLanguage } from "codemirror-lang-sparql";
import { element } from "../page/elements";
import { say } from "../page/tools";
import { complete } from "./completion";

export interface Editor {
  text: string;
  /** Mark a mistake at its place, in UTF-16 units; nothing takes the mark away. */
  mark(mistake?: { from: number; to: number; message: string }): void;
  focus(): void;
}

const colours = HighlightStyle.define([
  {
    tag: [tags.keyword, tags.operatorKeyword, tags.function(tags.variableName)],
    color: "var(--keyword)",
  },
  { tag: [tags.variableName, tags.typeName], color: "var(--accent)" },
  { tag: [tags.string, tags.number, tags.bool], color: "var(--warning)" },
  { tag: [tags.url, tags.namespace, tags.propertyName, tags.className], color: "var(--link)" },
  { tag: tags.comment, color: "var(--muted)", fontStyle: "italic" },
]);

const look = EditorView.theme({
  "&": { height: "100%", fontSize: "0.95rem", color: "var(--text)", direction: "ltr" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { fontFamily: "var(--mono)", lineHeight: "1.5" },
  ".cm-content": { caretColor: "var(--text)", minHeight: "10rem" },
  ".cm-cursor": { borderLeftColor: "var(--text)" },
  ".cm-gutters": { background: "var(--surface)", color: "var(--muted)", border: "0" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground":
    {
      background: "var(--target)",
    },
  ".cm-tooltip": {
    background: "var(--surface)",
    border: "1px solid var(--line)",
    color: "var(--text)",
  },
  ".cm-tooltip-autocomplete > ul > li[aria-selected]": {
    background: "var(--accent)",
    color: "var(--background)",
  },
  ".cm-completionDetail": { color: "inherit", opacity: "0.85", fontStyle: "normal" },
  // The library's own marks are images in its styles, which the page's policy does not allow.
  ".cm-lintRange-error": {
    backgroundImage: "none",
    textDecoration: "underline wavy 2px var(--danger)",
  },
  ".cm-lintPoint-error::after": { borderBottomColor: "var(--danger)" },
  ".cm-lint-marker-error": { content: "none", position: "relative" },
  ".cm-lint-marker-error::after": { content: "'●'", color: "var(--danger)", position: "absolute" },
  ".cm-diagnostic": { borderLeft: "4px solid var(--danger)" },
  ".cm-matchingBracket": { background: "var(--target)", outline: "1px solid var(--line)" },
});

/** Text that replaces a selection. Chromium itself would keep the colours of what is replaced in a
 * style attribute, which the page's policy refuses. */
const replacing = EditorView.domEventHandlers({
  beforeinput(event, view) {
    const { from, to, empty } = view.state.selection.main;
    if (empty || event.inputType !== "insertText" || event.data == null) return false;
    const text = event.data;
    const insert = () =>
      view.state.update(view.state.replaceSelection(text), { userEvent: "input.type" });
    const handlers = view.state.facet(EditorView.inputHandler);
    if (!handlers.some((one) => one(view, from, to, text, insert))) view.dispatch(insert());
    event.preventDefault();
    return true;
  },
});

/** Put an editor in place of a text area.
 *
 * It stands in a shadow tree, where its styles are adopted: the page allows none that are inline.
 */
export function edit(area: HTMLTextAreaElement, changed: () => void, run: () => void): Editor {
  const host = element("div", { class: "editor" });
  const root = host.attachShadow({ mode: "open" });
  area.after(host);
  area.hidden = true;
  area.required = false;
  const label = document.querySelector<HTMLLabelElement>(`label[for="${area.id}"]`);
  label?.removeAttribute("for");
  const view = new EditorView({
    root,
    parent: root,
    state: EditorState.create({
      doc: area.value,
      extensions: [
        lineNumbers(),
        history(),
        drawSelection(),
        bracketMatching(),
        closeBrackets(),
        SparqlLanguage,
        syntaxHighlighting(colours),
        autocompletion({ override: [complete] }),
        lintGutter(),
        replacing,
        keymap.of([
          {
            key: "Mod-Enter",
            run: () => {
              run();
              return true;
            },
          },
          ...completionKeymap,
          ...lintKeymap,
          ...historyKeymap,
          ...defaultKeymap,
        ]),
        EditorView.lineWrapping,
        EditorView.contentAttributes.of({ "aria-label": say("editor"), "aria-multiline": "true" }),
        EditorView.updateListener.of((update) => {
          if (!update.docChanged) return;
          area.value = update.state.doc.toString();
          changed();
        }),
        look,
      ],
    }),
  });
  label?.addEventListener("click", () => view.focus());
  return {
    get text() {
      return view.state.doc.toString();
    },
    set text(text: string) {
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } });
    },
    mark(mistake) {
      const found: Diagnostic[] = [];
      if (mistake) {
        const end = view.state.doc.length;
        const from = Math.min(mistake.from, end);
        found.push({ ...mistake, from, to: Math.min(mistake.to, end), severity: "error" });
        view.dispatch({ selection: { anchor: from }, scrollIntoView: true });
      }
      view.dispatch(setDiagnostics(view.state, found));
    },
    focus: () => view.focus(),
  };
}
