/*
 * One phone of the simulator's page: what was chosen for it, the messenger on it, and the frame in which
 * the app's page runs.
 */
import { createEmitter } from "../../base/emitter.ts";
import type { Address } from "../../env/host.ts";
import type { ChatKind, HostVersion } from "../chat.ts";
import type { EngineKind } from "../engine.ts";
import type { TearMode } from "../host-storage.ts";
import type { PhoneOptions } from "../phone.ts";
import type { SimulatedWebView } from "../webview.ts";
import type { World } from "../world.ts";
import { createFrame, createPageStorage, type Frame } from "./frame.ts";
import type { Person } from "./people.ts";
import { platformOf, type Profile } from "./profiles.ts";
import type { Screen } from "./screens.ts";

/** Light or dark as the page around the phones is, or in any case. */
export type Appearance = "page" | "light" | "dark";

/** What can be chosen for one phone. What is on the screen acts at once, the others when the app is opened. */
export interface PhoneSettings {
  screen: Screen;
  ratio: number;
  appearance: Appearance;
  contacts: readonly Address[];
  platform: Profile;
  /** `default`: what the platform uses. */
  engine: EngineKind | "default";
  hostVersion: HostVersion;
  /** Of a messenger that knows groups. `chat`: still a group where there is more than one contact. */
  chat: ChatKind;
  decimalComma: boolean;
}

/**
 * - `chat`: the app is closed.
 * - `page-killed`: the app's page died, the messenger lives.
 * - `killed`: the messenger died and took the app with it.
 */
export type PhoneState = "open" | "chat" | "page-killed" | "killed";

export interface PhoneModel {
  readonly person: Person;
  readonly settings: PhoneSettings;
  state(): PhoneState;
  isOnline(): boolean;
  isHidden(): boolean;
  view(): SimulatedWebView | undefined;
  frame(): Frame | undefined;
  /** Opens the app, or closes and opens it again where it is open. */
  open(): void;
  back(): void;
  /** The page dies without a word; what it gave the messenger to keep is kept. */
  killPage(): void;
  /** The messenger dies: writes of the last moments are lost. */
  kill(): void;
  /** Kills the messenger, and what was stored in the last `seconds` is gone. */
  rollBack(seconds: number): void;
  /** Everything that its messenger took for the app is in files, which a kill leaves as they are. */
  isOnDisk(): boolean;
  /** Kills the messenger, and the last value of each stored table is damaged. */
  damageStorage(): void;
  setOnline(online: boolean): void;
  /** The person looks at something else: the page is hidden, its host's calls wait. */
  setHidden(hidden: boolean): void;
  setScreen(screen: Screen, ratio: number): void;
  setAppearance(appearance: Appearance): void;
  onChange(listener: () => void): () => void;
  /** Something outside this phone changed what its card shows. */
  refresh(): void;
  close(): void;
}

export interface PhoneModelDeps {
  readonly person: Person;
  readonly settings: PhoneSettings;
  readonly world: World;
  readonly appId: string;
  /** Where the page is shown. */
  readonly screenElement: HTMLElement;
  /** Something that a developer should see; `page` is the view's id. */
  readonly report: (person: Person, text: string) => void;
  /** The page itself shows a modal dialog. */
  readonly alert: (text: string) => void;
  /** As FrameOptions has it. */
  readonly adopt: (page: Window) => () => void;
}

const APP_URL = "app/index.html";

/** One simulated phone: the core's phone, and the page of the app that is open on it. */
export function createPhoneModel(deps: PhoneModelDeps): PhoneModel {
  const { person, settings, world, screenElement } = deps;
  const changes = createEmitter<void>((error) => {
    throw error;
  });
  const phoneOptions: PhoneOptions = {
    // Asked for whenever the app is opened.
    get host() {
      return settings.hostVersion;
    },
    get decimalComma() {
      return settings.decimalComma;
    },
  };
  const phone = world.phone(person.address, phoneOptions);
  const domStorage = createPageStorage();
  const report = (text: string): void => deps.report(person, text);
  let state: PhoneState = "chat";
  let view: SimulatedWebView | undefined;
  let frame: Frame | undefined;
  let hidden = false;

  const gone = (as: PhoneState): void => {
    frame?.remove();
    frame = undefined;
    view = undefined;
    hidden = false;
    state = as;
    changes.emit();
  };

  const open = (): void => {
    view?.back();
    const opened = phone.openApp({
      appId: deps.appId,
      contacts: settings.contacts,
      platform: platformOf(settings.platform),
      ...(settings.engine === "default" ? {} : { engine: settings.engine }),
      ...(settings.chat === "chat" ? {} : { kind: "group", blind: settings.chat === "blind" }),
      evaluate: (script) => frame?.evaluate(script),
      onGone: (as) => gone(as === "killed" ? "page-killed" : "chat"),
    });
    view = opened;
    state = "open";
    frame = createFrame(screenElement, {
      url: APP_URL,
      title: person.name,
      owner: person.address,
      ratio: () => settings.ratio,
      isHidden: () => hidden,
      profile: settings.platform,
      domStorage: settings.platform === "android" ? null : domStorage,
      adopt: deps.adopt,
      handlers: {
        command: (url) => opened.navigate(url),
        cancelled: (url) => report(`The messenger cancels the navigation to ${url}`),
        alert: deps.alert,
        problem: report,
      },
    });
    changes.emit();
  };

  const kill = (tear?: TearMode): void => {
    phone.kill(tear);
    gone("killed");
  };

  return {
    person,
    settings,
    state: () => state,
    isOnline: () => phone.isOnline(),
    isHidden: () => hidden,
    view: () => view,
    frame: () => frame,
    open,
    back: () => view?.back(),
    killPage: () => view?.kill(),
    kill: () => kill(),
    rollBack(seconds) {
      kill("none");
      phone.storage(deps.appId).rollback(seconds * 1000);
    },
    isOnDisk: () => !phone.storage(deps.appId).isDirty(),
    damageStorage() {
      kill("none");
      phone.storage(deps.appId).damage();
    },
    setOnline(online) {
      phone.setOnline(online);
      changes.emit();
    },
    setHidden(value) {
      if (!view || hidden === value) return;
      hidden = value;
      // The page hears of it first, while it may still act.
      frame?.announce("visibilitychange");
      view.setTimers(hidden ? "stopped" : "normal");
      changes.emit();
    },
    setScreen(screen, ratio) {
      settings.screen = screen;
      const isOtherRatio = settings.ratio !== ratio;
      settings.ratio = ratio;
      changes.emit();
      if (isOtherRatio) frame?.announce("ratio");
    },
    setAppearance(appearance) {
      settings.appearance = appearance;
      changes.emit();
    },
    onChange: (listener) => changes.on(listener),
    refresh: () => changes.emit(),
    close() {
      view?.kill();
      frame?.remove();
    },
  };
}
