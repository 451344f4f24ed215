import type { Env } from "./env/env.ts";
import type { Log } from "./env/log.ts";
import type { Session } from "./session.ts";
import { createSession } from "./session.ts";
import { createBrowserClock } from "./spixi/browser-clock.ts";
import { createBrowserPreview } from "./spixi/browser-preview.ts";
import { createBrowserRandom } from "./spixi/browser-random.ts";
import { createSpixiHost } from "./spixi/spixi-host.ts";
import type { App } from "./ui/app.ts";
import { createApp } from "./ui/app.ts";
import type { FreshInk } from "./ui/carry-ink.ts";
import { drawAgain, watchFreshInk } from "./ui/carry-ink.ts";
import { ENGLISH } from "./ui/strings.ts";

/** Milliseconds without a messenger's word after which the app works without one. */
const HOST_PATIENCE = 8000;

const log: Log = {
  // The console is the only place a developer can look at inside a messenger.
  // oxlint-disable-next-line no-console
  warn: (message, detail) => console.warn(`Inkmesh: ${message}`, detail ?? ""),
};
const clock = createBrowserClock(window);
const random = createBrowserRandom(window);
const strings = ENGLISH;

/** What is on the page now. */
interface Showing {
  readonly session: Session;
  readonly app: App;
}

let showing: Showing | undefined;

function show(session: Session, options: { readonly preview: boolean }): Showing {
  showing?.app.close();
  const app = createApp({ session, strings, log, ...options });
  return (showing = { session, app });
}

function openPreview(): Showing {
  const ports = createBrowserPreview({
    clock,
    random,
    log,
    channel: typeof BroadcastChannel === "function" ? new BroadcastChannel("inkmesh") : undefined,
    localStorage: () => window.localStorage,
  });
  return show(createSession({ clock, random, log, ...ports }), { preview: true });
}

/**
 * Announces the page to the messenger. If no answer comes, the app works without one; should the
 * answer still come, what was drawn meanwhile moves over.
 */
function openInMessenger(): void {
  const navigate = (url: string): void => {
    location.href = url;
  };
  const ports = createSpixiHost({ clock, log, navigate, globals: window as object });
  const env: Env = { clock, random, log, ...ports };
  const session = createSession(env);
  show(session, { preview: false });

  let fresh: FreshInk | undefined;
  const cancelWait = clock.after(HOST_PATIENCE, () => {
    const preview = openPreview().session;
    const stop = preview.onChange(() => {
      const board = preview.board();
      if (board && !fresh) fresh = watchFreshInk(board);
    });
    const stopHost = session.onChange(() => {
      const board = session.board();
      if (session.phase() !== "ready" || !board) return;
      stopHost();
      stop();
      showing?.app.release();
      const strokes = fresh?.strokes() ?? [];
      fresh?.close();
      show(session, { preview: false });
      preview.close();
      drawAgain(strokes, board);
    });
  });
  const stopWait = session.onChange(() => {
    if (session.phase() === "connecting") return;
    cancelWait();
    stopWait();
  });
}

function start(): void {
  const inFrame = window.parent !== window;
  const onWeb = location.protocol === "http:" || location.protocol === "https:";
  // A page of its own on the web has no messenger around it, and a browser would ask what to do
  // with the messenger's addresses.
  if (onWeb && !inFrame) openPreview();
  else openInMessenger();
}

function hide(): void {
  showing?.app.release();
  showing?.session.hide();
}

window.addEventListener("error", (event) =>
  log.warn("An error reached the page", event.error ?? event.message),
);
window.addEventListener("unhandledrejection", (event) => log.warn("A promise was rejected", event.reason));
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden") hide();
  else showing?.session.show();
});
window.addEventListener("pagehide", hide);
// The messenger listens once the page has loaded.
if (document.readyState === "complete") start();
else window.addEventListener("load", start, { once: true });
