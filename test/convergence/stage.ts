import type { TearMode } from "../../src/simulator/host-storage.ts";
import { TEST_APP } from "../support/phones.ts";
import { createRoom } from "../support/room.ts";
import type { OpenPage, Room } from "../support/room.ts";
import { createLedger } from "./ledger.ts";
import type { Ledger } from "./ledger.ts";
import { createPreviews } from "./previews.ts";
import type { Previews } from "./previews.ts";
import { chatOf, hostOf, namesOf, phoneOf } from "./run-options.ts";
import type { RunOptions } from "./run-options.ts";

/** So long after it took a value the messenger writes it at the latest. */
const WRITTEN_MS = 3000;

/** The room of a run, with the ledger kept and everything that will have to be put right at its end. */
export interface Stage {
  readonly room: Room;
  readonly ledger: Ledger;
  readonly previews: Previews;
  readonly names: readonly string[];
  /** The person's page, where it is open. */
  page(who: string): OpenPage | undefined;
  /** The same, where the person looks at it. */
  shown(who: string): OpenPage | undefined;
  /** Opens a page, also beside one that is open already: the messenger then talks to the new one. */
  open(who: string): void;
  close(who: string, how: "leave" | "back" | "kill"): void;
  killMessenger(who: string, tear: TearMode, rollbackMs: number): void;
  /** Puts the app away: hidden, and its timers slow or stopped. */
  hide(who: string, timers: "normal" | "slow" | "stopped"): void;
  /** Stops the page in the middle of whatever it does, without a word to it. */
  freeze(who: string): void;
  /** Ends `hide` and `freeze`. */
  show(page: OpenPage): void;
  /** Runs something later, unless the run has ended by then. */
  later(ms: number, task: () => void): void;
  /** The run must last until then: somebody is away. */
  lastUntil(at: number): void;
  /** Waits for who is away; then opens, shows and reconnects everybody, and heals the network. */
  settle(healed: boolean): Promise<void>;
}

export function createStage(options: RunOptions): Stage {
  const names = namesOf(options);
  const room = createRoom({
    seed: options.seed,
    names,
    network: options.network,
    host: hostOf(options),
    ...chatOf(options),
    page: (name) => phoneOf(options, name),
  });
  const { clock, world } = room;
  const ledger = createLedger(() => clock.now());
  /** Pages that are put away (told so) or frozen (not told). */
  const away = new Map<OpenPage, "hidden" | "frozen">();
  const stoppedAt = new Map<OpenPage, number>();
  const returnedAt = new Map<OpenPage, number>();
  const previews = createPreviews({
    room,
    awakeSince: (opened) => (away.has(opened) ? undefined : (returnedAt.get(opened) ?? 0)),
  });
  let lasts = 0;
  let settled = false;

  const page = (who: string): OpenPage | undefined => (room.isOpen(who) ? room.at(who) : undefined);

  /** A page whose timers stopped can save nothing more. */
  function aliveUntil(opened: OpenPage): number {
    return stoppedAt.get(opened) ?? clock.now();
  }

  function show(opened: OpenPage): void {
    const how = away.get(opened);
    if (!how) return;
    away.delete(opened);
    returnedAt.set(opened, clock.now());
    const since = stoppedAt.get(opened);
    if (since !== undefined) ledger.paused(opened, since);
    stoppedAt.delete(opened);
    opened.page.view.setTimers("normal");
    if (how === "hidden") opened.session.show();
  }

  return {
    room,
    ledger,
    previews,
    names,
    page,
    shown(who) {
      const opened = page(who);
      return opened && !away.has(opened) ? opened : undefined;
    },
    open: (who) => void room.open(who),
    close(who, how) {
      const opened = room.at(who);
      // Somebody who leaves lifts the pen first; the phone's own button closes without asking.
      if (how === "leave") ledger.lift(opened);
      ledger.ended(opened, how === "leave" ? "left" : how === "back" ? "back" : "killed", aliveUntil(opened));
      room[how](who);
    },
    killMessenger(who, tear, rollbackMs) {
      const phone = world.phone(who);
      for (const opened of room.pages()) {
        if (opened.page.phone !== phone || opened.page.view.state() !== "open") continue;
        if (!ledger.endOf(opened)) ledger.ended(opened, "killed", aliveUntil(opened));
      }
      const storage = phone.storage(TEST_APP);
      const isStale = storage.isDirty();
      if (room.isOpen(who)) room.killMessenger(who, tear);
      else phone.kill(tear);
      if (rollbackMs > 0) storage.rollback(rollbackMs);
      // Of a table that is torn there is a second copy, but all of them may be torn at once.
      const isWhole = tear === "none" || tear === "chance" || !isStale;
      ledger.lost(who, isWhole ? clock.now() - rollbackMs - WRITTEN_MS : 0);
    },
    hide(who, timers) {
      const opened = room.at(who);
      ledger.lift(opened);
      opened.session.hide();
      opened.page.view.setTimers(timers);
      if (timers === "stopped") stoppedAt.set(opened, clock.now());
      away.set(opened, "hidden");
    },
    freeze(who) {
      const opened = room.at(who);
      opened.page.view.setTimers("stopped");
      stoppedAt.set(opened, clock.now());
      away.set(opened, "frozen");
    },
    show,
    later(ms, task) {
      clock.after(ms, () => {
        if (!settled) task();
      });
    },
    lastUntil(at) {
      lasts = Math.max(lasts, at);
    },
    async settle(healed) {
      await clock.advance(Math.max(0, lasts - clock.now()));
      settled = true;
      for (const opened of away.keys()) {
        if (opened.page.view.state() === "open") show(opened);
      }
      for (const who of names) {
        world.phone(who).setOnline(true);
        for (const other of names) world.network.unblock(who, other);
        if (!room.isOpen(who)) room.open(who);
      }
      if (healed) world.network.heal();
    },
  };
}
