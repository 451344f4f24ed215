/*
 * The sliders for the simulated network.
 */
import type { Network, NetworkSettings } from "../network.ts";
import { button, el } from "./dom.ts";

interface Dial {
  readonly name: Exclude<keyof NetworkSettings, "reorderingDelay">;
  readonly label: string;
  readonly max: number;
  readonly step: number;
  /** Shown values are this many times the setting. */
  readonly factor: number;
  readonly unit: string;
}

const DIALS: readonly Dial[] = [
  { name: "latency", label: "Latency", max: 3000, step: 10, factor: 1, unit: "ms" },
  { name: "jitter", label: "Jitter", max: 3000, step: 10, factor: 1, unit: "ms" },
  { name: "loss", label: "Loss", max: 90, step: 1, factor: 100, unit: "%" },
  { name: "duplication", label: "Duplication", max: 90, step: 1, factor: 100, unit: "%" },
  { name: "reordering", label: "Reordering", max: 90, step: 1, factor: 100, unit: "%" },
];

const PRESETS: readonly (readonly [string, Partial<NetworkSettings>])[] = [
  ["Ideal", { latency: 0, jitter: 0, loss: 0, duplication: 0, reordering: 0 }],
  ["Good", { latency: 120, jitter: 60, loss: 0, duplication: 0, reordering: 0 }],
  ["Slow", { latency: 800, jitter: 600, loss: 0.02, duplication: 0.01, reordering: 0.05 }],
  ["Terrible", { latency: 1200, jitter: 1500, loss: 0.3, duplication: 0.1, reordering: 0.3 }],
];

export interface NetworkPanel {
  /** Shows, and from now on changes, this network's settings. */
  connect(network: Pick<Network, "settings" | "configure">): void;
  /** They were changed elsewhere. */
  show(): void;
}

export function createNetworkPanel(parent: HTMLElement): NetworkPanel {
  let network: Pick<Network, "settings" | "configure"> | undefined;
  const rows = DIALS.map((dial) => {
    const input = el("input", { type: "range", min: "0", max: String(dial.max), step: String(dial.step) });
    const value = el("output");
    const show = (setting: number): void => {
      const shown = Math.round(setting * dial.factor);
      input.value = String(shown);
      value.textContent = `${shown} ${dial.unit}`;
    };
    input.addEventListener("input", () => {
      network?.configure({ [dial.name]: Number(input.value) / dial.factor });
      value.textContent = `${input.value} ${dial.unit}`;
    });
    return { dial, show, element: el("label", { class: "dial" }, el("span", {}, dial.label), input, value) };
  });
  const show = (settings: NetworkSettings): void => {
    for (const row of rows) row.show(settings[row.dial.name]);
  };
  const presets = PRESETS.map(([label, settings]) =>
    button(label, `${label} network`, () => {
      network?.configure(settings);
      if (network) show(network.settings());
    }),
  );
  parent.append(el("div", { class: "presets" }, ...presets), ...rows.map(({ element }) => element));
  return {
    connect(next) {
      network = next;
      show(next.settings());
    },
    show() {
      if (network) show(network.settings());
    },
  };
}
