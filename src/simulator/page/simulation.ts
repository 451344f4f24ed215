import { createPrng } from "../../base/prng.ts";
import type { Clock } from "../../env/clock.ts";
import type { SimulatorEvent } from "../events.ts";
import type { NetworkSettings } from "../network.ts";
import { createWorld, type World } from "../world.ts";
import { createMeter, type Meter } from "./meter.ts";
import { PEOPLE, type Person } from "./people.ts";
import { createPhoneCard, type PhoneCard } from "./phone-card.ts";
import { createPhoneModel, type PhoneModel, type PhoneSettings } from "./phone-model.ts";

/** A world with its phones on the page, from one seed. Ends with `close`, to be followed by another. */
export interface Simulation {
  readonly world: World;
  phones(): readonly PhoneModel[];
  /** Puts one more phone on the page, its app opened with the first one; false where all are there. */
  add(settings?: PhoneSettings): boolean;
  /** Opens every app anew, each with all the others. */
  gather(): void;
  setScale(scale: number): void;
  /** Called once a second. */
  tick(): void;
  close(): void;
}

export interface SimulationDeps {
  readonly clock: Clock;
  readonly seed: number;
  readonly network: NetworkSettings;
  readonly appId: string;
  readonly stage: HTMLElement;
  /** For phones that are added without settings. */
  readonly defaults: () => Pick<PhoneSettings, "screen" | "ratio">;
  readonly onEvent: (event: SimulatorEvent) => void;
  readonly onProblem: (person: Person, text: string) => void;
  /** A phone came, or has another screen. */
  readonly onLayout: () => void;
}

interface Shown {
  readonly phone: PhoneModel;
  readonly card: PhoneCard;
  readonly meter: Meter;
}

export function createSimulation(deps: SimulationDeps): Simulation {
  const world = createWorld({ clock: deps.clock, prng: createPrng(deps.seed), network: deps.network });
  const shown: Shown[] = [];
  world.onEvent((event) => {
    for (const { meter } of shown) meter.count(event);
    deps.onEvent(event);
  });

  const people = (): readonly Person[] => PEOPLE.slice(0, shown.length);
  const refresh = (): void => {
    for (const { phone } of shown) phone.refresh();
  };

  return {
    world,
    phones: () => shown.map(({ phone }) => phone),
    add(settings) {
      const person = PEOPLE[shown.length];
      if (!person) return false;
      const first = shown[0];
      const card = createPhoneCard({
        person,
        everybody: people,
        onReopen(change) {
          Object.assign(phone.settings, change);
          phone.open();
        },
        onResize: deps.onLayout,
      });
      const phone = createPhoneModel({
        person,
        world,
        appId: deps.appId,
        screenElement: card.screenElement,
        report: deps.onProblem,
        settings: settings ?? {
          ...deps.defaults(),
          appearance: "page",
          contacts: first ? [first.phone.person.address] : [],
          platform: "android",
          engine: "default",
          hostVersion: "new",
          decimalComma: false,
        },
      });
      const meter = createMeter(world, phone);
      shown.push({ phone, card, meter });
      card.connect(phone, meter);
      deps.stage.append(card.element);
      // Two people are one session; who comes later chooses.
      if (!settings && shown.length === 2) {
        first!.phone.settings.contacts = [person.address];
        if (first!.phone.state() === "open") first!.phone.open();
      }
      refresh();
      deps.onLayout();
      return true;
    },
    gather() {
      for (const { phone } of shown) phone.back();
      for (const { phone } of shown) {
        phone.settings.contacts = people()
          .map(({ address }) => address)
          .filter((address) => address !== phone.person.address);
        phone.open();
      }
    },
    setScale(scale) {
      for (const { card } of shown) card.setScale(scale);
    },
    tick() {
      for (const { meter } of shown) meter.tick();
    },
    close() {
      for (const { phone, card } of shown) {
        phone.close();
        card.element.remove();
      }
      shown.length = 0;
    },
  };
}
