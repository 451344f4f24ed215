/*
 * What became of a phone's voice, in figures under its screen, from the first packet on.
 */
import { el } from "./dom.ts";
import type { Person } from "./people.ts";
import type { VoiceCounts } from "./voice-counters.ts";

export interface VoiceMeter {
  readonly element: HTMLElement;
  show(counts: VoiceCounts): void;
}

const FIGURES: readonly (readonly [keyof VoiceCounts, string, string])[] = [
  ["sent", "voice sent", "Packets of 20 ms that this person said; silence is not sent"],
  ["lost", "lost", "Of these, packets that did not reach a phone; each listener counts"],
  ["heard", "heard", "Packets of the others that were played here"],
  ["late", "too late", "Packets that came when their time to be played was over"],
  [
    "concealed",
    "made up",
    "Packets that were not there in time, and were made up from what was heard before",
  ],
  ["chars", "chars/s", "Characters of messages with voice that this phone sent in the last second"],
];
/** Where there is any, something went wrong. */
const TROUBLES: readonly (keyof VoiceCounts)[] = ["lost", "late", "concealed"];

export function createVoiceMeter({ name }: Person): VoiceMeter {
  const figures = FIGURES.map(([key, label, title]) => {
    const value = el("b", {}, "0");
    return { key, value, box: el("div", { class: "figure", title }, value, el("span", {}, label)) };
  });
  const element = el(
    "div",
    { class: "voice-meter", role: "group", "aria-label": `Voice of ${name}` },
    ...figures.map(({ box }) => box),
  );
  element.hidden = true;
  return {
    element,
    show(counts) {
      element.hidden &&= counts.sent + counts.heard === 0;
      for (const { key, value, box } of figures) {
        value.textContent = String(counts[key]);
        box.classList.toggle("warn", TROUBLES.includes(key) && counts[key] > 0);
        // For tests, which read what people see.
        element.dataset[key] = String(counts[key]);
      }
    },
  };
}
