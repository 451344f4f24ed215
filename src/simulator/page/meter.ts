/*
 * What a phone sends, in figures under its screen.
 */
import type { SimulatorEvent } from "../events.ts";
import { el } from "./dom.ts";
import type { PhoneModel } from "./phone-model.ts";
import type { World } from "../world.ts";

export interface Meter {
  readonly element: HTMLElement;
  /** To be told of every event of the world. */
  count(event: SimulatorEvent): void;
  /** Called once a second. */
  tick(): void;
}

const SECONDS = 40;

/** What one phone sends: totals, and messages in each of the last seconds as a small chart. */
export function createMeter(world: World, phone: PhoneModel): Meter {
  const { address } = phone.person;
  const perSecond: number[] = Array.from({ length: SECONDS }, () => 0);
  let sentNow = 0;
  let bytesNow = 0;
  let navigations = 0;
  let navigationsLost = 0;
  /** By the table that was written. */
  const tables = new Map<string, number>();
  let writes = 0;
  let ticks = 0;

  const figure = (label: string): [HTMLElement, HTMLElement] => {
    const value = el("b", {}, "0");
    return [value, el("div", { class: "figure" }, value, el("span", {}, label))];
  };
  const [messages, messagesBox] = figure("messages");
  const [bytes, bytesBox] = figure("sent");
  const [moves, movesBox] = figure("navigations");
  const [lost, lostBox] = figure("lost");
  const [rate, rateBox] = figure("now");
  const bars = perSecond.map(() => el("i"));
  const element = el(
    "div",
    { class: "meter", role: "group", "aria-label": `Traffic of ${phone.person.name}` },
    messagesBox,
    bytesBox,
    movesBox,
    lostBox,
    rateBox,
    el("div", { class: "bars", "aria-hidden": "true" }, ...bars),
  );

  element.dataset["writes"] = "0";
  element.dataset["tables"] = "{}";
  return {
    element,
    count(event) {
      if (event.type === "sent" && event.from === address && event.kind === "data") {
        sentNow++;
        bytesNow += event.bytes;
      } else if (event.type === "storage-write" && event.phone === address) {
        // For tests, which wait until something is written, and is on the disk.
        element.dataset["writes"] = String(++writes);
        tables.set(event.table, (tables.get(event.table) ?? 0) + 1);
        element.dataset["tables"] = JSON.stringify(Object.fromEntries(tables));
        element.dataset["onDisk"] = "false";
      } else if (event.type === "navigation" && event.phone === address) navigations++;
      else if (event.type === "navigation-lost" && event.phone === address) {
        navigations++;
        navigationsLost++;
      }
    },
    tick() {
      const counters = world.network.counters(address);
      const allLost = counters.lost + counters.dropped + navigationsLost;
      perSecond.push(sentNow);
      perSecond.shift();
      const highest = Math.max(10, ...perSecond);
      perSecond.forEach((value, i) => bars[i]!.style.setProperty("--level", String(value / highest)));
      // For tests, which read what people see.
      Object.assign(element.dataset, {
        messages: String(counters.sent),
        bytes: String(counters.sentBytes),
        navigations: String(navigations),
        lost: String(allLost),
        onDisk: String(phone.isOnDisk()),
        ticks: String(++ticks),
      });
      messages.textContent = String(counters.sent);
      bytes.textContent = formatBytes(counters.sentBytes);
      moves.textContent = String(navigations);
      lost.textContent = String(allLost);
      lostBox.classList.toggle("warn", allLost > 0);
      lostBox.title = `${counters.lost} by the network, ${counters.dropped} at a phone without a page, ${navigationsLost} by the engine`;
      rate.textContent = `${sentNow}/s`;
      rateBox.title = `${formatBytes(bytesNow)} in the last second`;
      sentNow = 0;
      bytesNow = 0;
    },
  };
}

function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  return bytes < 1_000_000 ? `${(bytes / 1000).toFixed(1)} kB` : `${(bytes / 1_000_000).toFixed(2)} MB`;
}
