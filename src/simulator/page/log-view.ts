/*
 * The list of what happened in the simulated world.
 */
import { button, el, toggle } from "./dom.ts";
import { LOG_GROUPS, type LogEntry, type LogGroup } from "./event-text.ts";
import { nameOf, PEOPLE } from "./people.ts";

export interface LogView {
  add(entry: LogEntry): void;
}

/** Entries that are kept, and those of them that are shown. */
const KEPT = 5000;
const SHOWN = 300;
const PAINT_INTERVAL = 250;
const DEFAULT_GROUPS: readonly LogGroup[] = ["alerts", "messages", "lost", "pages", "problems"];

/** The log with its filters, newest entry first. Painted a few times a second, so that it does not slow the phones down. */
export function createLogView(parent: HTMLElement): LogView {
  const entries: LogEntry[] = [];
  const groups = new Set<LogGroup>(DEFAULT_GROUPS);
  let words = "";
  let paused = false;
  let isPlanned = false;
  let total = 0;
  const unpainted: LogEntry[] = [];

  const list = el("ol", { class: "log-list", "aria-label": "Log" });
  const count = el("span", { class: "log-count" });
  const search = el("input", { type: "search", placeholder: "Filter", "aria-label": "Filter the log" });

  const matches = (entry: LogEntry): boolean =>
    groups.has(entry.group) &&
    (words === "" || `${nameOf(entry.phone)} ${entry.title} ${entry.detail}`.toLowerCase().includes(words));

  /** Paints all; new entries alone are added by `paintNew`, which leaves opened lines open. */
  const paint = (): void => {
    unpainted.length = 0;
    const matching = entries.filter(matches);
    total = matching.length;
    list.replaceChildren(...matching.slice(-SHOWN).reverse().map(rowOf));
    showCount();
  };
  const paintNew = (): void => {
    isPlanned = false;
    if (paused) return;
    const matching = unpainted.splice(0).filter(matches);
    total += matching.length;
    list.prepend(...matching.slice(-SHOWN).reverse().map(rowOf));
    while (list.childElementCount > SHOWN) list.lastElementChild?.remove();
    showCount();
  };
  const showCount = (): void => {
    count.textContent = total > SHOWN ? `${SHOWN} of ${total}` : String(total);
  };
  const planPaint = (): void => {
    if (isPlanned || paused) return;
    isPlanned = true;
    setTimeout(paintNew, PAINT_INTERVAL);
  };

  search.addEventListener("input", () => {
    words = search.value.trim().toLowerCase();
    paint();
  });
  const filters = LOG_GROUPS.map((group) =>
    toggle(group, groups.has(group), (on) => {
      if (on) groups.add(group);
      else groups.delete(group);
      paint();
    }),
  );
  const pause = toggle("pause", false, (on) => {
    paused = on;
    planPaint();
  });
  const clear = button("Clear", "Empties the log", () => {
    entries.length = 0;
    paint();
  });
  parent.append(
    el("div", { class: "log-bar" }, search, pause, clear),
    el("div", { class: "chips" }, ...filters, count),
    list,
  );

  return {
    add(entry) {
      entries.push(entry);
      unpainted.push(entry);
      if (entries.length > KEPT) entries.splice(0, KEPT / 5);
      if (unpainted.length > KEPT) unpainted.splice(0, KEPT / 5);
      planPaint();
    },
  };
}

function rowOf({ at, group, phone, title, detail }: LogEntry): HTMLLIElement {
  const person = PEOPLE.find(({ address }) => address === phone);
  const line = [
    el("time", {}, (at / 1000).toFixed(2)),
    el("i", { class: "dot", style: `--who:${person?.color ?? "currentColor"}` }),
    el("b", {}, nameOf(phone)),
    el("span", {}, title),
  ];
  const row = el("li", { class: "log-row", "data-group": group.replace(" ", "-") });
  row.append(
    detail === ""
      ? el("div", { class: "log-line" }, ...line)
      : el(
          "details",
          {},
          el("summary", { class: "log-line" }, ...line),
          el("pre", {}, detail.slice(0, 4000)),
        ),
  );
  return row;
}
