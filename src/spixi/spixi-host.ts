/*
 * The port to the messenger, made of the bridge and of what the SDK is called with.
 */
import type { Cancel, Clock } from "../env/clock.ts";
import type { Address, Host, HostHandlers, Participants } from "../env/host.ts";
import type { Log } from "../env/log.ts";
import type { Storage } from "../env/storage.ts";
import { createBridge } from "./bridge.ts";
import { encodeCommand } from "./command.ts";
import { MAX_TEXT_LENGTH } from "./limits.ts";
import type { SpixiGlobals } from "./sdk.ts";
import { installSdk } from "./sdk.ts";
import { createSpixiStorage } from "./spixi-storage.ts";

export interface SpixiHostDeps {
  readonly clock: Clock;
  readonly log: Log;
  /** Sets the page's location. */
  readonly navigate: (url: string) => void;
  /** Where the host finds its names: `window`. */
  readonly globals: SpixiGlobals;
}

/**
 * What the page announces itself with, in turn. The host reads the version as a number in the
 * phone's locale: where that fails on a decimal point, a whole number passes.
 */
const ANNOUNCEMENTS = ["ixian:onload:0.51", "ixian:onload:1"] as const;
/** Milliseconds until the next announcement, if no session came; then twice as long each time. */
const FIRST_PATIENCE = 3000;
const LONGEST_PATIENCE = 48_000;

const contactOnly = (contact: Address): Participants => ({ own: undefined, remotes: [contact] });

/**
 * The ports `Host` and `Storage` over the real messenger, one queue for both. `open` is to be called
 * once the page's `load` event has fired.
 */
export function createSpixiHost(deps: SpixiHostDeps): { readonly host: Host; readonly storage: Storage } {
  const { clock, log } = deps;
  const bridge = createBridge(deps);
  const storage = createSpixiStorage({
    clock,
    request(command, sent) {
      const isRead = command.c === "getStorage";
      return bridge.enqueue("storage", encodeCommand(command, false), sent, isRead) === "queued";
    },
  });
  let handlers: HostHandlers | undefined;
  let participants: Participants | undefined;
  /** Addresses that the host named alone, and so were taken for the own one, until messages came from them. */
  const spoken = new Set<Address>();
  let cancelAnnouncement: Cancel | undefined;
  let latestMessage: string | undefined;
  let closed = false;

  /** One handler's failure must reach neither the host nor what else is to be done. */
  const tell = (task: (to: HostHandlers) => void): void => {
    if (!handlers || closed) return;
    try {
      task(handlers);
    } catch (error) {
      log.warn("A handler of the host's events threw", error);
    }
  };

  const announce = (turn: number): void => {
    bridge.enqueue("control", ANNOUNCEMENTS[turn % ANNOUNCEMENTS.length]!);
    const patience = Math.min(LONGEST_PATIENCE, FIRST_PATIENCE * 2 ** Math.max(0, turn - 1));
    cancelAnnouncement = clock.after(patience, () => announce(turn + 1));
  };

  const opened = (now: Participants): void => {
    cancelAnnouncement?.();
    // Said once more: who has spoken is a contact.
    const isKnown = now.own !== undefined && now.remotes.length === 0 && spoken.has(now.own);
    const meant = isKnown ? contactOnly(now.own) : now;
    participants = meant;
    tell((to) => to.opened(meant));
  };

  installSdk(
    deps.globals,
    {
      opened,
      data(sender, text) {
        // A host before SDK 0.5 names a single contact where a newer one names ourselves.
        if (participants?.remotes.length === 0 && participants.own === sender) {
          spoken.add(sender);
          opened(contactOnly(sender));
        }
        if (participants?.remotes.includes(sender)) tell((to) => to.data(sender, text));
      },
      ended(sender) {
        if (participants?.remotes.includes(sender)) tell((to) => to.ended(sender));
      },
      answered: (json) => storage.answered(json),
      calling: (text) => tell((to) => to.calling?.(text)),
    },
    log,
  );

  const host: Host = {
    maxLength: MAX_TEXT_LENGTH,
    open(given) {
      handlers = given;
      announce(0);
    },
    send(text) {
      if (closed) return "closed";
      if (text.length > MAX_TEXT_LENGTH) return "too-large";
      const command = { c: "ds", d: text } as const;
      // Two equal messages in a row become two different URLs.
      const url = encodeCommand(command, false);
      latestMessage = url === latestMessage ? encodeCommand(command, true) : url;
      return bridge.enqueue("data", latestMessage);
    },
    whenFree: (task) => bridge.whenFree(task),
    flush: () => bridge.flush(),
    leave: () => bridge.leave("ixian:back"),
    close() {
      closed = true;
      cancelAnnouncement?.();
      bridge.close();
      storage.close();
    },
  };
  return { host, storage };
}
