import { createPrng } from "../../src/base/prng.ts";
import type { SimulatorEvent } from "../../src/simulator/events.ts";
import type { PhoneOptions } from "../../src/simulator/phone.ts";
import { createSimulatedClock } from "../../src/simulator/simulated-clock.ts";
import type { SimulatedClock } from "../../src/simulator/simulated-clock.ts";
import type { OpenAppOptions, SimulatedWebView } from "../../src/simulator/webview.ts";
import { createWorld } from "../../src/simulator/world.ts";
import type { World } from "../../src/simulator/world.ts";

/** A page that only writes down the scripts it is given. */
export interface RecordedPage {
  readonly view: SimulatedWebView;
  readonly scripts: readonly string[];
  readonly gone: readonly string[];
  send(command: object): void;
  /** The scripts with their base64 arguments decoded. */
  calls(): readonly string[];
}

/** Options count for the page; those of a phone that is new count for it as well. */
export type RecordedPageOptions = PhoneOptions & Partial<OpenAppOptions>;

export interface RecordedWorld {
  readonly clock: SimulatedClock;
  readonly world: World;
  readonly events: readonly SimulatorEvent[];
  types(): readonly string[];
  ofType<T extends SimulatorEvent["type"]>(type: T): readonly Extract<SimulatorEvent, { type: T }>[];
  openPage(address: string, contacts: readonly string[], options?: RecordedPageOptions): RecordedPage;
}

export function createRecordedWorld(seed = 1): RecordedWorld {
  const clock = createSimulatedClock();
  const world = createWorld({ clock, prng: createPrng(seed), network: { latency: 50, jitter: 0 } });
  const events: SimulatorEvent[] = [];
  world.onEvent((event) => events.push(event));
  return {
    clock,
    world,
    events,
    types: () => events.map(({ type }) => type),
    ofType: <T extends SimulatorEvent["type"]>(type: T) =>
      events.filter((event): event is Extract<SimulatorEvent, { type: T }> => event.type === type),
    openPage(address, contacts, options = {}) {
      const scripts: string[] = [];
      const gone: string[] = [];
      const view = world.phone(address, options).openApp({
        appId: "app",
        evaluate: (script) => scripts.push(script),
        onGone: (state) => gone.push(state),
        ...options,
        contacts,
      });
      return {
        view,
        scripts,
        gone,
        send: (command) => view.navigate(`xa:${btoa(JSON.stringify(command))}`),
        calls: () => scripts.map(readable),
      };
    },
  };
}

function readable(script: string): string {
  return script.replace(/'([A-Za-z0-9+/=]*)'/g, (_all, base64: string) => `'${atob(base64)}'`);
}

/** What a call of onInit says after the session's id; calls of others remain as they are. */
export function argumentsOfInit(call: string): string {
  return call.replace(/^executeUiCommand\(SpixiAppSdk\.onInit, '[0-9a-f]+', (.*)\)$/, "$1");
}
