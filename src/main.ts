/*
 * Where the app begins: finds out whether a messenger or only a browser is around it, opens a session there
 * and puts it on the page, in the language that the person wants.
 */
import type { Log } from "./env/log.ts";
import type { Storage } from "./env/storage.ts";
import type { Session } from "./session.ts";
import { createSession } from "./session.ts";
import { createBrowserAudio } from "./spixi/browser-audio.ts";
import { createBrowserCalendar } from "./spixi/browser-calendar.ts";
import { createBrowserClock } from "./spixi/browser-clock.ts";
import { createBrowserPreview } from "./spixi/browser-preview.ts";
import { createBrowserRandom } from "./spixi/browser-random.ts";
import { createIsolatedPorts } from "./spixi/isolated-ports.ts";
import { createTabLocks } from "./spixi/tab-locks.ts";
import { createSpixiHost } from "./spixi/spixi-host.ts";
import type { App } from "./ui/app.ts";
import { createApp } from "./ui/app.ts";
import { createChoices } from "./ui/choices/choices.ts";
import { guardDrags } from "./ui/input/drag-guard.ts";
import type { HostKind } from "./ui/open-in-messenger.ts";
import { openInMessenger } from "./ui/open-in-messenger.ts";
import { bestLanguage, stringsOf } from "./ui/words/languages.ts";
import { keepSettings } from "./ui/choices/settings-store.ts";

const log: Log = {
  // The console is the only place a developer can look at inside a messenger.
  // oxlint-disable-next-line no-console
  warn: (message, detail) => console.warn(`Inkmesh: ${message}`, detail ?? ""),
};
const clock = createBrowserClock(window);
const calendar = createBrowserCalendar(window);
const audio = createBrowserAudio(window, clock);
const random = createBrowserRandom(window);

const choices = createChoices({ onError: (error) => log.warn("A listener failed", error) });

/** What is on the page now. */
let showing: { readonly session: Session; readonly around: HostKind; readonly app: App } | undefined;
let language = preferredLanguage();
let settings: { flush(): void } | undefined;

function preferredLanguage(): string {
  return bestLanguage([choices.preferences().language, ...navigator.languages]);
}

function show(session: Session, around: HostKind): void {
  const kept = showing?.app.close();
  const isSameBoard = showing?.session === session;
  const app = createApp({
    session,
    around,
    choices,
    calendar,
    strings: stringsOf(language),
    log,
    kept: isSameBoard ? kept : kept && { ...kept, ofBoard: undefined },
  });
  showing = { session, around, app };
}

/** Builds the page anew where a person wants another language; all else stays. */
function speak(): void {
  const code = preferredLanguage();
  if (code === language) return;
  language = code;
  if (showing) show(showing.session, showing.around);
}

function keep(storage: Storage): void {
  settings ??= keepSettings({ choices, storage, clock, log });
}

function openInBrowser(): void {
  const ports = createBrowserPreview({
    clock,
    random,
    log,
    channel: new BroadcastChannel("inkmesh"),
    locks: createTabLocks(navigator),
    localStorage: () => window.localStorage,
  });
  show(createSession({ clock, calendar, random, audio, log, ...ports }), "browser");
  keep(ports.storage);
}

function openWithHost(): void {
  const navigate = (url: string): void => {
    location.href = url;
  };
  const ports = createSpixiHost({ clock, log, navigate, globals: window });
  openInMessenger({
    env: { clock, calendar, random, audio, log, ...ports },
    isolated: (leave) => createIsolatedPorts({ clock, leave }),
    show(session, around) {
      show(session, around);
      // Before the messenger has said a word, it is told of nothing but the page.
      session.onChange(() => {
        if (around === "messenger" && session.phase() !== "connecting") keep(ports.storage);
      });
    },
    release: () => showing?.app.release(),
  });
}

function start(): void {
  const inFrame = window.parent !== window;
  const onWeb = location.protocol === "http:" || location.protocol === "https:";
  // A page of its own on the web has no messenger around it, and a browser would ask what to do
  // with the messenger's addresses.
  if (onWeb && !inFrame) openInBrowser();
  else openWithHost();
}

function hide(): void {
  showing?.app.release();
  settings?.flush();
  showing?.session.hide();
}

window.addEventListener("error", (event) =>
  log.warn("An error reached the page", event.error ?? event.message),
);
window.addEventListener("languagechange", speak);
choices.onChange(speak);
window.addEventListener("unhandledrejection", (event) => log.warn("A promise was rejected", event.reason));
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden") hide();
  else showing?.session.show();
});
window.addEventListener("pagehide", hide);
guardDrags();
// The messenger listens once the page has loaded. That is told in the task in which the script ends: on a slow phone both
// together would be too long.
if (document.readyState === "complete") start();
else window.addEventListener("load", () => clock.after(0, start), { once: true });
