/*
 * One person's messenger: the Mini Apps open on it, what it stores for them, and which page a message is
 * for.
 */
import type { Prng } from "../base/prng.ts";
import type { Clock } from "../env/clock.ts";
import type { Address } from "../env/host.ts";
import type { HostVersion } from "./chat.ts";
import type { EngineKind, Platform } from "./engine.ts";
import type { UnstampedEvent } from "./events.ts";
import type { HostStorage, TearMode } from "./host-storage.ts";
import { createHostStorage } from "./host-storage.ts";
import type { Network, Packet, Uplink } from "./network.ts";
import type { HostedWebView, OpenAppOptions, SimulatedWebView } from "./webview.ts";
import { createWebView } from "./webview.ts";

export interface PhoneOptions {
  /** Decides the engine and how the host evaluates scripts. Default: android. */
  readonly platform?: Platform;
  /** Default: 0.9.19. */
  readonly host?: HostVersion;
  /** The phone's locale writes a decimal comma: the host cannot read the version "0.51". Default: false. */
  readonly decimalComma?: boolean;
}

/** One person's phone with the messenger. */
export interface Phone {
  readonly address: Address;
  /** Opens a Mini App page; the page must announce itself before the host answers. */
  openApp(options: OpenAppOptions): SimulatedWebView;
  /** Open pages, oldest first. */
  pages(): readonly SimulatedWebView[];
  /** What the messenger keeps for an app; the same for all of its pages. */
  storage(appId: string): HostStorage;
  isOnline(): boolean;
  setOnline(online: boolean): void;
  /**
   * The messenger itself is killed: all pages die, writes of the last moments are lost, and a table
   * that is just being written is torn (default: by chance). The next `openApp` starts it again.
   */
  kill(tear?: TearMode): void;
}

export interface PhoneDeps {
  readonly address: Address;
  readonly options: PhoneOptions;
  readonly clock: Clock;
  readonly prng: Prng;
  readonly network: Network & Uplink;
  readonly emit: (event: UnstampedEvent) => void;
  /** A number that no other page of the world has. */
  readonly nextPageId: () => number;
}

/** What the world uses beyond what everybody may. */
export interface HostedPhone extends Phone {
  /** Hands a packet to the page it is for; that page's id, or undefined where there is none. */
  deliver(packet: Packet): number | undefined;
}

function engineOf(platform: Platform): EngineKind {
  return platform === "android" || platform === "windows" ? "chromium" : "webkit";
}

export function createPhone(deps: PhoneDeps): HostedPhone {
  const { address, clock, prng, network, emit } = deps;
  const platform = deps.options.platform ?? "android";
  const storages = new Map<string, HostStorage>();
  let pages: HostedWebView[] = [];

  const openPages = (): HostedWebView[] => {
    pages = pages.filter((page) => page.state() === "open");
    return pages;
  };
  const storage = (appId: string): HostStorage => {
    let found = storages.get(appId);
    if (!found) storages.set(appId, (found = createHostStorage(clock, prng)));
    return found;
  };

  return {
    address,
    openApp(options) {
      const page = createWebView({
        id: deps.nextPageId(),
        address,
        platform: options.platform ?? platform,
        host: options.host ?? deps.options.host ?? "0.9.19",
        decimalComma: deps.options.decimalComma ?? false,
        clock,
        engine: options.engine ?? engineOf(options.platform ?? platform),
        options,
        storage: storage(options.appId),
        uplink: network,
        emit,
      });
      pages.push(page);
      return page;
    },
    pages: () => [...openPages()],
    storage,
    isOnline: () => network.isOnline(address),
    setOnline: (online) => network.setOnline(address, online),
    kill(tear = "chance") {
      for (const page of openPages()) page.kill();
      for (const kept of storages.values()) kept.kill(tear);
    },
    deliver(packet) {
      // The session id is the same for every contact: only the users of a session tell pages apart.
      // Where two pages have the same contact, the one opened last has the session, even if one is a
      // group's and the message is from the chat of two, or the other way round.
      const page = openPages()
        .filter(({ appId, contacts }) => appId === packet.appId && contacts.includes(packet.from))
        .at(-1);
      page?.deliver(packet);
      return page?.id;
    },
  };
}
