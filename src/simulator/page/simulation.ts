/*
 * The world behind the simulator's page: phones with their cards, and what acts on all of them.
 */
import { createPrng } from "../../base/prng.ts";
import type { Address } from "../../env/host.ts";
import type { SimulatorEvent } from "../events.ts";
import type { NetworkSettings } from "../network.ts";
import { createWorld, type World } from "../world.ts";
import type { ChatKind, HostVersion } from "../chat.ts";
import { createAlertBadge, type AlertBadge } from "./alert-badge.ts";
import { createMeter, type Meter } from "./meter.ts";
import { PEOPLE, type Person } from "./people.ts";
import { asActions, performOn } from "./phone-actions.ts";
import { createPhoneCard, type PhoneCard } from "./phone-card.ts";
import { createPhoneModel, type PhoneModel, type PhoneSettings } from "./phone-model.ts";
import type { Run } from "./run/run.ts";
import type { PhoneAction } from "./run/run-file.ts";
import { createVoiceCounters } from "./voice-counters.ts";
import { createVoiceMeter, type VoiceMeter } from "./voice-meter.ts";

/** A world with its phones on the page, from one seed. Ends with `close`, to be followed by another. */
export interface Simulation {
  readonly world: World;
  phones(): readonly PhoneModel[];
  /** Puts one more phone on the page, its app opened with the first one; false where all are there. */
  add(settings?: PhoneSettings): boolean;
  /** Opens every app anew, each with all the others. */
  gather(): void;
  /** Gives every phone this messenger. */
  setHost(host: HostVersion): void;
  /** Opens every app anew: the first with the second and the others with the first, or all in one group. */
  setChat(chat: ChatKind): void;
  /** Does to a phone what its person asks for. */
  perform(address: Address, action: PhoneAction): void;
  setScale(scale: number): void;
  /** Called once a second. */
  tick(): void;
  close(): void;
}

export interface SimulationDeps {
  readonly run: Pick<Run, "clock" | "adopt">;
  readonly seed: number;
  readonly network: NetworkSettings;
  readonly appId: string;
  readonly stage: HTMLElement;
  /** For phones that are added without settings. */
  readonly defaults: () => Pick<PhoneSettings, "screen" | "ratio" | "platform" | "hostVersion" | "chat">;
  readonly onEvent: (event: SimulatorEvent) => void;
  readonly onProblem: (person: Person, text: string) => void;
  /** A page showed a modal dialog; those of the messenger are events. */
  readonly onAlert: (person: Person, text: string) => void;
  /** A phone came, or has another screen. */
  readonly onLayout: () => void;
  /** A phone came, or something else was chosen for one. */
  readonly onSettings: () => void;
  /** The person with this address does something on the card of the phone. */
  readonly onAction: (address: Address, action: PhoneAction) => void;
}

interface Shown {
  readonly phone: PhoneModel;
  readonly card: PhoneCard;
  readonly meter: Meter;
  readonly voice: VoiceMeter;
  readonly alerts: AlertBadge;
}

/** Of a phone that is added: with the first one. */
function settingsOf({ defaults }: SimulationDeps, first: Person | undefined): PhoneSettings {
  const contacts = first ? [first.address] : [];
  return { ...defaults(), appearance: "page", contacts, engine: "default", decimalComma: false };
}

export function createSimulation(deps: SimulationDeps): Simulation {
  const world = createWorld({ clock: deps.run.clock, prng: createPrng(deps.seed), network: deps.network });
  const shown: Shown[] = [];
  const voices = createVoiceCounters();
  world.onEvent((event) => {
    for (const { meter, alerts } of shown) {
      meter.count(event);
      alerts.count(event);
    }
    voices.count(event);
    deps.onEvent(event);
  });

  const people = (): readonly Person[] => PEOPLE.slice(0, shown.length);
  const refresh = (): void => {
    for (const { phone } of shown) phone.refresh();
  };

  const reopen = (contactsOf: (person: Person) => readonly Person[]): void => {
    for (const { phone } of shown) phone.back();
    for (const { phone } of shown) {
      phone.settings.contacts = contactsOf(phone.person).map(({ address }) => address);
      phone.open();
    }
  };
  const gather = (): void => reopen((person) => people().filter((other) => other !== person));

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
        onReopen: (change) => deps.onAction(person.address, { what: "reopen", change }),
        onResize: deps.onLayout,
      });
      const alerts = createAlertBadge(person);
      const phone = createPhoneModel({
        person,
        world,
        appId: deps.appId,
        screenElement: card.screenElement,
        adopt: deps.run.adopt,
        report: deps.onProblem,
        alert(text) {
          alerts.add(text);
          deps.onAlert(person, text);
        },
        settings: settings ?? settingsOf(deps, first?.phone.person),
      });
      const meter = createMeter(world, phone);
      const voice = createVoiceMeter(person);
      shown.push({ phone, card, meter, voice, alerts });
      card.connect(
        asActions(phone, (action) => deps.onAction(person.address, action)),
        meter,
        alerts,
      );
      card.element.append(voice.element);
      deps.stage.append(card.element);
      // Two people are one session; who comes later chooses.
      if (!settings && shown.length === 2) {
        first!.phone.settings.contacts = [person.address];
        if (first!.phone.state() === "open") first!.phone.open();
      }
      refresh();
      deps.onLayout();
      deps.onSettings();
      return true;
    },
    gather,
    setHost(host) {
      for (const { phone } of shown) {
        phone.settings.hostVersion = host;
        if (phone.state() === "open") phone.open();
        else phone.refresh();
      }
      deps.onSettings();
    },
    setChat(chat) {
      for (const { phone } of shown) phone.settings.chat = chat;
      if (chat !== "chat") return gather();
      const [first, second] = people();
      reopen((person) => {
        const contact = person === first ? second : first;
        return contact ? [contact] : [];
      });
    },
    perform(address, action) {
      const found = shown.find(({ phone }) => phone.person.address === address);
      if (found) performOn(found.phone, action);
      if (action.what === "reopen") deps.onSettings();
    },
    setScale(scale) {
      for (const { card } of shown) card.setScale(scale);
    },
    tick() {
      for (const { phone, meter, voice } of shown) {
        meter.tick();
        voice.show(voices.of(phone.person.address, world.clock.now()));
      }
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
