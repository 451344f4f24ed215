/*
 * What waits for the bridge to the host, in three lanes, and the rule by which they take turns.
 */
import type { Log } from "../env/log.ts";

/**
 * `control` goes first; `data` and `storage` take turns, so that neither waits for all of the other. On
 * the way out `storage` goes before `data`: what is stored can be sent another time.
 */
export type Lane = "control" | "data" | "storage";

export interface BridgeRequest {
  readonly url: string;
  /** Called when it navigates. */
  readonly sent: (() => void) | undefined;
  /** Somebody waits for what it brings: of `storage`, it need not wait its turn. */
  readonly isQuick?: boolean | undefined;
}

/** What waits for the bridge, and whose turn it is. Requests of one lane keep their order. */
export interface Lanes {
  add(lane: Lane, request: BridgeRequest): void;
  /** Calls `task` once, when it is the turn of `data` and nothing waits there. A later call replaces it. */
  whenFree(task: (spare: number) => void): void;
  /** Takes out the request whose turn it is; `hurries`: `storage` goes before `data`. */
  take(hurries: boolean): BridgeRequest | undefined;
  /** How many requests wait. */
  backlog(): number;
  /** Something of `control` waits. */
  isUrgent(): boolean;
  /** Something quick is the next of `storage`. */
  isQuick(): boolean;
  /** No request waits, and nobody waits for being asked. */
  isIdle(): boolean;
  clear(): void;
}

/** `spare`: how many navigations are left for `data` and `storage`. */
export function createLanes({ log, spare }: { readonly log: Log; readonly spare: () => number }): Lanes {
  const lanes: Readonly<Record<Lane, BridgeRequest[]>> = { control: [], data: [], storage: [] };
  let asked: ((spare: number) => void) | undefined;
  let storageNext = false;

  const backlog = (): number => lanes.control.length + lanes.data.length + lanes.storage.length;

  const ask = (): void => {
    const task = asked;
    asked = undefined;
    try {
      task?.(spare());
    } catch (error) {
      log.warn("A task that waited for the bridge threw", error);
    }
  };

  const takeStorage = (): BridgeRequest | undefined => {
    storageNext = false;
    return lanes.storage.shift();
  };

  return {
    add: (lane, request) => void lanes[lane].push(request),
    whenFree(task) {
      asked = task;
    },
    take(hurries) {
      if (lanes.control.length > 0) return lanes.control.shift();
      if (lanes.storage.length > 0 && (storageNext || hurries)) return takeStorage();
      if (lanes.data.length === 0 && asked) ask();
      const request = lanes.data.shift();
      if (!request) return takeStorage();
      storageNext = true;
      return request;
    },
    backlog,
    isUrgent: () => lanes.control.length > 0,
    isQuick: () => lanes.storage[0]?.isQuick === true,
    isIdle: () => backlog() === 0 && asked === undefined,
    clear() {
      asked = undefined;
      for (const lane of Object.values(lanes)) lane.length = 0;
    },
  };
}
