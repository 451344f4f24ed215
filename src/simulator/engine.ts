/*
 * Browser engines lose navigations that come too fast, each by its own rules. The rules are these.
 */
import type { Clock } from "../env/clock.ts";
import type { NavigationLoss } from "./events.ts";

export type Platform = "android" | "ios" | "windows" | "macos";

/** Which engine's navigation rules a page lives under. */
export type EngineKind = "chromium" | "webkit";

export interface Engine {
  /** The page sets `location.href`. */
  navigate(url: string): void;
}

export interface EngineDeps {
  readonly kind: EngineKind;
  readonly clock: Clock;
  /** The host sees the navigation, in a task of its own. */
  readonly arrive: (url: string) => void;
  /** The navigation is lost; the page never hears of it. */
  readonly lose: (url: string, why: NavigationLoss) => void;
}

const FLOOD_COUNT = 200;
const FLOOD_WINDOW = 10_000;
const LONGEST_URL = 2 * 1024 * 1024;
/** How long a navigation is under way between page and host, in milliseconds. */
const TRAVEL = 5;

/**
 * Chromium: at most 200 navigations in any 10 s, more are dropped silently; a navigation that is
 * identical to the one still under way is ignored; a URL over 2 MiB replaces the page.
 */
function createChromium({ clock, arrive, lose }: EngineDeps): Engine {
  // The moments of the latest accepted navigations, in a ring: the oldest is at `next`.
  const accepted = new Float64Array(FLOOD_COUNT).fill(-Infinity);
  let next = 0;
  let underWay: string | undefined;
  return {
    navigate(url) {
      if (url.length > LONGEST_URL) return lose(url, "too-long");
      if (url === underWay) return lose(url, "identical");
      const now = clock.now();
      if (now - accepted[next]! <= FLOOD_WINDOW) return lose(url, "flood");
      accepted[next] = now;
      next = (next + 1) % FLOOD_COUNT;
      underWay = url;
      clock.after(TRAVEL, () => {
        if (underWay === url) underWay = undefined;
        arrive(url);
      });
    },
  };
}

/** WebKit: of several navigations started in one task only the last arrives. A task ends at the next clock event. */
function createWebKit({ clock, arrive, lose }: EngineDeps): Engine {
  let pending: string | undefined;
  return {
    navigate(url) {
      if (pending === undefined) {
        clock.after(0, () => {
          const last = pending!;
          pending = undefined;
          clock.after(TRAVEL, () => arrive(last));
        });
      } else {
        lose(pending, "replaced");
      }
      pending = url;
    },
  };
}

/** One page's engine, with the limits that were measured for navigations that the host cancels. */
export function createEngine(deps: EngineDeps): Engine {
  return deps.kind === "chromium" ? createChromium(deps) : createWebKit(deps);
}
