/*
 * Does what a person asks of the simulator, now or in a run that is replayed.
 */
import type { ChatKind, HostVersion } from "../chat.ts";
import type { NetworkPanel } from "./network-panel.ts";
import type { Action } from "./run/run-file.ts";
import { MAX_PHONES } from "./settings.ts";
import type { Simulation } from "./simulation.ts";

/** What is chosen for all phones, those included that will come. */
export interface ForAll {
  host: HostVersion;
  chat: ChatKind;
}

export interface Performers {
  readonly simulation: Simulation;
  readonly forAll: ForAll;
  readonly networkPanel: NetworkPanel;
  /** Adds a phone, where there is room for one more. */
  readonly addButton: HTMLButtonElement;
}

export function perform(action: Action, { simulation, forAll, networkPanel, addButton }: Performers): void {
  if (action.to === "phone") return simulation.perform(action.phone, action);
  if (action.to === "network") {
    simulation.world.network.configure(action.change);
    return networkPanel.show();
  }
  switch (action.what) {
    case "host":
      forAll.host = action.host;
      return simulation.setHost(action.host);
    case "chat":
      forAll.chat = action.chat;
      return simulation.setChat(action.chat);
    case "gather":
      return simulation.gather();
    case "add":
      if (!simulation.add()) return;
      if (forAll.chat === "chat") simulation.phones().at(-1)?.open();
      else simulation.gather();
      addButton.disabled = simulation.phones().length === MAX_PHONES;
  }
}
