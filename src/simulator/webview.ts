import type { Clock } from "../env/clock.ts";
import type { Address } from "../env/host.ts";
import type { EngineKind } from "./engine.ts";
import type { TimerMode } from "./page-clock.ts";

/**
 * - `open`: the page runs.
 * - `closed`: somebody went back to the chat; the contacts were told.
 * - `killed`: gone without a word.
 */
export type PageState = "open" | "closed" | "killed";

export interface OpenAppOptions {
  /** The app's id, out of its appinfo.spixi. */
  readonly appId: string;
  /** Who else is in the session. Today's host passes exactly one; none: the app is opened alone. */
  readonly contacts: readonly Address[];
  /** Default: what the phone's platform uses. */
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
