import type { Address } from "../env/host.ts";
import type { EngineKind } from "./engine.ts";
import type { HostStorage, TearMode } from "./host-storage.ts";
import type { OpenAppOptions, SimulatedWebView } from "./webview.ts";

export type Platform = "android" | "ios" | "windows" | "macos";

export interface PhoneOptions {
  /** Decides the engine and how the host evaluates scripts. Default: android. */
  readonly platform?: Platform;
  /** The host's Mini Apps SDK: `old` (before 0.5) names the contacts in one argument. Default: new. */
  readonly host?: "new" | "old";
  /** The phone's locale writes a decimal comma: the host cannot read the version "0.51". Default: false. */
  readonly decimalComma?: boolean;
}

/** One person's phone with the messenger. */
export interface Phone {
  readonly address: Address;
  readonly platform: Platform;
  readonly defaultEngine: EngineKind;
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
