/*
 * Everything that can happen in the simulated world, for whoever listens: logs, meters and tests.
 */
import type { Address } from "../env/host.ts";
import type { ChatKind } from "./chat.ts";

/**
 * Why a navigation never reached the host.
 * - `flood`: Chromium takes 200 in 10 s.
 * - `identical`: Chromium ignores a repetition of the one still under way.
 * - `replaced`: WebKit keeps only the last one of a task.
 * - `too-long`: the URL is over 2 MiB; Chromium replaced the page, which is gone.
 */
export type NavigationLoss = "flood" | "identical" | "replaced" | "too-long";

/** What travels between two messengers: data of the app, or the end of a session. */
export type PacketKind = "data" | "end";

interface PageEvent {
  /** The phone on which it happened. */
  readonly phone: Address;
  /** The page, by its id in the world. */
  readonly page: number;
}

interface PacketEvent {
  readonly packet: number;
  readonly kind: PacketKind;
  readonly from: Address;
  readonly to: Address;
  /** UTF-8 bytes of the app's text, without the messenger's own envelope. */
  readonly bytes: number;
  readonly text: string;
}

type Happening =
  | (PageEvent & {
      readonly type: "opened";
      readonly appId: string;
      readonly contacts: readonly Address[];
      readonly chat: ChatKind;
    })
  /** `ixian:onload`; `understood`: the host could read the version and answers with onInit. */
  | (PageEvent & { readonly type: "announced"; readonly version: string; readonly understood: boolean })
  /** The person, or the app, went back to the chat. */
  | (PageEvent & { readonly type: "closed" })
  | (PageEvent & { readonly type: "killed" })
  | (PageEvent & { readonly type: "navigation"; readonly url: string })
  | (PageEvent & { readonly type: "navigation-lost"; readonly url: string; readonly why: NavigationLoss })
  /**
   * The host threw over a command of the page, or does not know it, and shows the person a modal dialog.
   * `fields`: what came with a command that it does not know, as JSON.
   */
  | (PageEvent & { readonly type: "alert"; readonly text: string; readonly fields?: string })
  /** A command that the messenger has and this simulator has not; `fields`: what came with it, as JSON. */
  | (PageEvent & { readonly type: "unsupported"; readonly command: string; readonly fields: string })
  /** The host got a URL and took no notice of it. */
  | (PageEvent & { readonly type: "rejected"; readonly url: string; readonly why: string })
  /** The host evaluates a script in the page. */
  | (PageEvent & { readonly type: "script"; readonly script: string })
  /** That script threw: the page was not ready, or let an exception out. */
  | (PageEvent & { readonly type: "script-error"; readonly script: string; readonly error: unknown })
  | (PageEvent & {
      readonly type: "storage-read";
      readonly table: string;
      readonly key: string;
      readonly bytes: number;
    })
  | (PageEvent & {
      readonly type: "storage-write";
      readonly table: string;
      readonly key: string;
      readonly bytes: number;
    })
  | (PacketEvent & { readonly type: "sent" })
  /** The network lost it, or sender or receiver was offline or blocked. */
  | (PacketEvent & { readonly type: "lost"; readonly why: "chance" | "offline" | "blocked" })
  /** One more copy of it is under way. */
  | (PacketEvent & { readonly type: "duplicated" })
  /** A page got it. */
  | (PacketEvent & { readonly type: "delivered"; readonly page: number })
  /** It reached the phone, where no page is open with that contact. */
  | (PacketEvent & { readonly type: "dropped" });

/** Something that happened in the simulated world; `at` is its moment on the world's clock. */
export type SimulatorEvent = Happening & { readonly at: number };

/** An event before the world has stamped it with the time. */
export type UnstampedEvent = Happening;
