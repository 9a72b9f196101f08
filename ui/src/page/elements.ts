/** Making elements, whose text is always text. */

type Child = Node | string | null | undefined;
type Attributes = Record<string, string | boolean | undefined>;

/** Return an element; an attribute that is false or undefined is left out. */
export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...children.filter((one): one is Node | string => one != null));
  return made;
}

/** Return a button that does something. */
export function button(text: string, press: () => void, attributes: Attributes = {}) {
  const made = element("button", { type: "button", ...attributes }, text);
  made.addEventListener("click", press);
  return made;
}

/** Return a select with its label. */
export function choice(
  label: string,
  options: readonly (readonly [value: string, text: string])[],
  chosen: string,
  change: (value: string) => void,
): HTMLLabelElement {
  const select = element("select");
  for (const [value, text] of options) {
    select.append(element("option", { value, selected: value === chosen }, text));
  }
  select.addEventListener("change", () => change(select.value));
  return element("label", {}, `${label} `, select);
}
