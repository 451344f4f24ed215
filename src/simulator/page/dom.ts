type Child = Node | string | undefined;

/** Makes an element with properties (`class` and `aria-...` included) and children; undefined children are left out. */
export function el<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Readonly<Record<string, string | boolean | undefined>> = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) element.setAttribute(name, "");
    else if (typeof value === "string") element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== undefined));
  return element;
}

export function button(label: string, title: string, onClick: () => void): HTMLButtonElement {
  const made = el("button", { type: "button", title }, label);
  made.addEventListener("click", onClick);
  return made;
}

/** A labelled choice of one out of several; `onChoose` gets the chosen value. */
export function choice<T extends string>(
  label: string,
  options: readonly (readonly [value: T, text: string])[],
  chosen: T,
  onChoose: (value: T) => void,
): HTMLLabelElement {
  const select = el(
    "select",
    {},
    ...options.map(([value, text]) => el("option", { value, selected: value === chosen }, text)),
  );
  select.addEventListener("change", () => onChoose(select.value as T));
  return el("label", { class: "field" }, el("span", {}, label), select);
}

/** A labelled on/off switch. */
export function toggle(label: string, on: boolean, onChange: (on: boolean) => void): HTMLLabelElement {
  const box = el("input", { type: "checkbox", checked: on });
  box.addEventListener("change", () => onChange(box.checked));
  return el("label", { class: "toggle" }, box, el("span", {}, label));
}

/** The element with this id; the page's own HTML has it. */
export function byId<T extends HTMLElement>(id: string, type: new () => T): T {
  const found = document.getElementById(id);
  if (!(found instanceof type)) throw new Error(`The page has no ${id}.`);
  return found;
}
