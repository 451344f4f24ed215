/*
 * The messenger's page around one open Mini App: takes the page's navigations and calls the page back,
 * with the faults of the real one.
 */
import type { Clock } from "../env/clock.ts";
import type { Address } from "../env/host.ts";
import type { ChatKind, ChatOptions, HostVersion } from "./chat.ts";
import { createChat } from "./chat.ts";
import { decodeCommand, decodeFormValue } from "./dotnet.ts";
import type { EngineKind, Platform } from "./engine.ts";
import { createEngine } from "./engine.ts";
import type { UnstampedEvent } from "./events.ts";
import { createHostCommands } from "./host-commands.ts";
import type { HostStorage } from "./host-storage.ts";
import type { Packet, Uplink } from "./network.ts";
import type { TimerMode } from "./page-clock.ts";
import { createPageCalls } from "./page-calls.ts";
import { createPageClock } from "./page-clock.ts";

/**
 * - `open`: the page runs.
 * - `closed`: somebody went back to the chat; the contacts were told.
 * - `killed`: gone without a word.
 */
export type PageState = "open" | "closed" | "killed";

export interface OpenAppOptions extends ChatOptions {
  /** The app's id, out of its appinfo.spixi. */
  readonly appId: string;
  /** Who else is in the session, strangers included. 0.9.19 passes exactly one; none: the app is opened alone. */
  readonly contacts: readonly Address[];
  /** Default: the phone's. */
  readonly platform?: Platform;
  /** Default: the phone's. Another one: the messenger was updated meanwhile. */
  readonly host?: HostVersion;
  /** Default: what the platform uses. */
  readonly engine?: EngineKind;
  /**
   * Runs a script in the page's global scope, as the host does. May throw, for example while the
   * page is still loading: the script is then lost, as it would be on a phone.
   */
  readonly evaluate: (script: string) => void;
  /** The page is gone, by whatever way; take it down. */
  readonly onGone?: (state: "closed" | "killed") => void;
}

/** One open Mini App page on one phone. */
export interface SimulatedWebView {
  /** Unique in the world. */
  readonly id: number;
  readonly address: Address;
  readonly appId: string;
  readonly contacts: readonly Address[];
  readonly chat: ChatKind;
  /** The person with this address, as this page is told: masked in a blind group. */
  shown(address: Address): Address;
  /** Time and timers as this page has them: they stop with the page, and see `setTimers`. */
  readonly clock: Clock;
  state(): PageState;
  /** The page navigates: `location.href = url`. */
  navigate(url: string): void;
  /** Navigations that the page started, and those of them that never reached the host. */
  navigations(): { readonly started: number; readonly lost: number };
  /** A hidden page's timers run once a second or not at all. Scripts wait while they are `stopped`. */
  setTimers(mode: TimerMode): void;
  /** The person presses the phone's back button: the page closes, the contacts' pages are told. */
  back(): void;
  /** The page dies without a word; the messenger lives on. */
  kill(): void;
}

export interface WebViewDeps {
  readonly id: number;
  readonly address: Address;
  readonly platform: Platform;
  readonly host: HostVersion;
  readonly decimalComma: boolean;
  readonly clock: Clock;
  readonly engine: EngineKind;
  readonly options: OpenAppOptions;
  readonly storage: HostStorage;
  readonly uplink: Uplink;
  readonly emit: (event: UnstampedEvent) => void;
}

/** What the phone uses beyond what everybody may. */
export interface HostedWebView extends SimulatedWebView {
  /** A packet for this page's session arrived. */
  deliver(packet: Packet): void;
}

/** SDK 0.51 is 51; the form of onInit changed with 0.5. */
const SEPARATE_ADDRESSES = 50;

const utf8 = new TextEncoder();

/** `(int)(float.Parse(version) * 100)` in the phone's locale; undefined where that throws. */
function parseVersion(version: string, decimalComma: boolean): number | undefined {
  if (version === "") return 40;
  const isNumber = (decimalComma ? /^\d+(,\d+)?$/ : /^\d+(\.\d+)?$/).test(version);
  return isNumber ? Math.trunc(Number(version.replace(",", ".")) * 100) : undefined;
}

/** The host computes it from the app id alone: all sessions of an app have the same one. */
export function sessionIdOf(appId: string): string {
  let hash = 0x811c9dc5;
  for (const byte of utf8.encode(appId)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return hash.toString(16).padStart(8, "0").repeat(4);
}

/** The host's page around a Mini App: decodes what the page navigates to, and calls it back. */
export function createWebView(deps: WebViewDeps): HostedWebView {
  const { id, address, clock, options, storage, uplink, emit } = deps;
  const { appId, contacts } = options;
  const chat = createChat({ host: deps.host, own: address, contacts, options });
  const pageClock = createPageClock(clock);
  const where = { phone: address, page: id };
  let state: PageState = "open";
  let started = 0;
  let lost = 0;

  const calls = createPageCalls({
    clock,
    platform: deps.platform,
    evaluate(script) {
      emit({ type: "script", ...where, script });
      try {
        options.evaluate(script);
      } catch (error) {
        emit({ type: "script-error", ...where, script, error });
      }
    },
  });
  const execute = createHostCommands({
    where,
    appId,
    chat,
    storage,
    uplink,
    answer: calls.answer,
    emit,
  });

  const announce = (version: string): void => {
    const parsed = parseVersion(version, deps.decimalComma && deps.host !== "old");
    emit({ type: "announced", ...where, version, understood: parsed !== undefined });
    if (parsed === undefined) return;
    const introduction = chat.introduction(parsed >= SEPARATE_ADDRESSES);
    if (introduction) calls.call("onInit", sessionIdOf(appId), ...introduction);
    else calls.call("onInit");
  };

  const end = (as: "closed" | "killed"): boolean => {
    if (state !== "open") return false;
    state = as;
    pageClock.close();
    calls.close();
    emit({ type: as, ...where });
    options.onGone?.(as);
    return true;
  };

  const back = (): void => {
    if (!end("closed")) return;
    for (const to of contacts) {
      uplink.send({ kind: "end", from: address, to, appId, protocol: undefined, text: "" });
    }
  };

  const arrive = (url: string): void => {
    if (state !== "open") return;
    emit({ type: "navigation", ...where, url });
    const decoded = decodeFormValue(url);
    if (decoded.startsWith("xa:")) {
      const result = decodeCommand(decoded.slice("xa:".length));
      if (result.ok) execute(result.command, url);
      else emit({ type: "alert", ...where, text: result.why });
    } else if (decoded.startsWith("ixian:onload")) announce(decoded.slice("ixian:onload:".length));
    else if (decoded === "ixian:back") back();
    else emit({ type: "rejected", ...where, url, why: "unknown URL" });
  };

  const engine = createEngine({
    kind: deps.engine,
    clock,
    arrive,
    lose(url, why) {
      if (state !== "open") return;
      lost++;
      emit({ type: "navigation-lost", ...where, url, why });
      if (why === "too-long") end("killed");
    },
  });

  emit({ type: "opened", ...where, appId, contacts, chat: chat.kind });

  return {
    id,
    address,
    appId,
    contacts,
    chat: chat.kind,
    shown: chat.shown,
    clock: pageClock,
    state: () => state,
    navigate(url) {
      if (state !== "open") return;
      started++;
      engine.navigate(url);
    },
    navigations: () => ({ started, lost }),
    setTimers(mode) {
      pageClock.setTimers(mode);
      calls.setWaiting(mode === "stopped");
    },
    back,
    kill: () => void end("killed"),
    deliver({ kind, from, protocol, text }) {
      // Whether the sender is masked is a matter of this page's chat, whichever chat the message is from.
      const sender = chat.shown(from);
      if (kind === "end") calls.call("onAppEndSession", sender, text);
      else if (protocol === undefined) calls.call("onNetworkData", sender, text);
      else calls.call("onNetworkProtocolData", sender, protocol, text);
    },
  };
}
