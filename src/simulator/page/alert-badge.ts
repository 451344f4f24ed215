import type { SimulatorEvent } from "../events.ts";
import { el } from "./dom.ts";
import type { Person } from "./people.ts";

/** How many modal dialogs the person would have seen; a press takes note of them. */
export interface AlertBadge {
  readonly element: HTMLElement;
  /** To be told of every event of the world. */
  count(event: SimulatorEvent): void;
  add(text: string): void;
}

export function createAlertBadge({ name, address }: Person): AlertBadge {
  const badge = el("button", { type: "button", class: "alerts", hidden: true });
  let alerts = 0;
  badge.addEventListener("click", () => {
    alerts = 0;
    badge.hidden = true;
  });
  const add = (text: string): void => {
    alerts++;
    badge.hidden = false;
    badge.textContent = `⚠ ${alerts}`;
    badge.title = `${name} had to press away ${alerts} dialogs. The latest: ${text}`;
    badge.setAttribute("aria-label", `Alerts on ${name}'s phone: ${alerts}. Dismiss`);
  };
  return {
    element: el("span", { role: "alert" }, badge),
    add,
    count(event) {
      if (event.type === "alert" && event.phone === address) add(event.text);
    },
  };
}
