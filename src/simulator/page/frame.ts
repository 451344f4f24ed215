import { lendMicrophone } from "./tones.ts";
import { allowsDownloads, applyProfile, type Profile } from "./profiles.ts";

/** What a Mini App's page does that its host or a developer wants to know of. */
export interface FrameHandlers {
  /** A navigation to `xa:` or `ixian:`; it was cancelled, as the messenger does. */
  command(url: string): void;
  /** A navigation to anything else that is not the app's own; it was cancelled too. */
  cancelled(url: string): void;
  /** The page shows a modal dialog. */
  alert(text: string): void;
  /** An uncaught error, or that the page escaped its host. */
  problem(text: string): void;
}

export interface FrameOptions {
  readonly url: string;
  readonly title: string;
  /** Separates what pages of one origin would share in a browser and do not on phones. */
  readonly owner: string;
  /** The device's pixels per CSS pixel, read whenever the page asks. */
  readonly ratio: () => number;
  readonly isHidden: () => boolean;
  /** What the page may do with files, the clipboard and devices. */
  readonly profile: Profile;
  /** Off on Android: the messenger gives the page no DOM storage there. */
  readonly domStorage: Storage | null;
  /** Takes over each page before its first script runs; returns what is to be called when it is gone. */
  readonly adopt: (page: Window) => () => void;
  readonly handlers: FrameHandlers;
}

export interface Frame {
  readonly element: HTMLIFrameElement;
  /** Runs a script in the page's global scope; throws what it throws. */
  evaluate(script: string): void;
  /** `ratio` or `isHidden` has another value: the page gets the events that a browser would send. */
  announce(type: "ratio" | "visibilitychange"): void;
  /** The page's document, or undefined while there is none. */
  document(): Document | undefined;
  remove(): void;
}

/** The parts of the page's global object that are used here; TypeScript's Window has them not as values. */
type PageWindow = Window & {
  EventTarget: typeof EventTarget;
  Event: typeof Event;
  BroadcastChannel: typeof BroadcastChannel;
  eval(script: string): unknown;
};

/**
 * A Mini App's page in an iframe. The Navigation API lets the simulator see and cancel what the page
 * navigates to, whatever way it does that, so any app runs unchanged.
 *
 *   iframe appended, empty --+-- prepare() --> app's document loads into the same Window --+
 *                            |                                                              |
 *                            +<-- new iframe <-- the app reloads or opens another page <----+
 *
 * The first document of an iframe keeps the Window that the empty iframe had: this is the only moment
 * at which a page can be hooked before its own first script runs. Later documents get a new Window,
 * hence a new iframe for each.
 */
export function createFrame(parent: HTMLElement, options: FrameOptions): Frame {
  const { handlers } = options;
  let element: HTMLIFrameElement;
  let announceRatio: () => void;
  let letGo: () => void;

  const open = (url: string): void => {
    element = document.createElement("iframe");
    element.title = options.title;
    element.src = url;
    element.allow = "";
    parent.append(element);
    const page = element.contentWindow as PageWindow;
    const { navigation } = page;
    letGo = options.adopt(page);
    prepare(page, options);
    lendMicrophone(page, options.owner);
    applyProfile(page, options.profile);
    announceRatio = replaceMatchMedia(page, options.ratio);
    navigation.addEventListener("navigate", (event) => {
      const target = event.destination.url;
      if (/^(xa|ixian):/i.test(target)) {
        event.preventDefault();
        handlers.command(target);
      } else if (isOwnPage(target)) {
        if (event.hashChange || event.navigationType === "traverse") return;
        event.preventDefault();
        letGo();
        element.remove();
        open(target);
      } else if (event.downloadRequest === null || !allowsDownloads(options.profile)) {
        event.preventDefault();
        handlers.cancelled(target);
      }
    });
    const shown = element;
    shown.addEventListener("load", () => {
      if (shown.contentWindow?.navigation !== navigation)
        handlers.problem("The page has left the simulator's control.");
    });
  };
  open(options.url);

  const page = (): PageWindow => element.contentWindow as PageWindow;
  return {
    get element() {
      return element;
    },
    evaluate(script) {
      page().eval(script);
    },
    announce(type) {
      if (type === "ratio") announceRatio();
      else page().document.dispatchEvent(new Event(type));
    },
    document: () => element.contentDocument ?? undefined,
    remove() {
      letGo();
      element.remove();
    },
  };
}

function isOwnPage(url: string): boolean {
  return new URL(url).origin === location.origin && new URL(url).pathname.startsWith("/app/");
}

function prepare(page: PageWindow, { owner, ratio, isHidden, domStorage, handlers }: FrameOptions): void {
  const replace = (target: object, name: string, get: () => unknown): void => {
    Object.defineProperty(target, name, { configurable: true, get });
  };
  replace(page, "devicePixelRatio", ratio);
  replace(page, "localStorage", () => domStorage);
  replace(page, "sessionStorage", () => domStorage);
  if (domStorage === null) replace(page, "indexedDB", () => null);
  const Shared = page.BroadcastChannel;
  page.BroadcastChannel = class extends Shared {
    constructor(name: string) {
      super(`${owner} ${name}`);
    }
  };
  page.open = () => null;
  page.alert = (text?: unknown) => handlers.alert(String(text));
  page.addEventListener("error", (event) => handlers.problem(event.message));
  page.addEventListener("unhandledrejection", (event) => handlers.problem(String(event.reason)));
  // The app's document does not exist yet; its visibility is asked of what every document inherits from.
  const { prototype } = (page as unknown as { Document: { prototype: object } }).Document;
  replace(prototype, "hidden", isHidden);
  replace(prototype, "visibilityState", () => (isHidden() ? "hidden" : "visible"));
}

/**
 * Media queries for the resolution answer for the simulated pixel ratio. Returns the function that
 * tells the page of another ratio: the queries change, and the window is resized as in a browser.
 */
function replaceMatchMedia(page: PageWindow, ratio: () => number): () => void {
  const original = page.matchMedia.bind(page);
  const queries = new Set<() => void>();
  page.matchMedia = (media) => {
    const wanted = /^\s*\(\s*resolution\s*:\s*([\d.]+)dppx\s*\)\s*$/.exec(media)?.[1];
    if (wanted === undefined) return original(media);
    const matches = (): boolean => Math.abs(ratio() - Number(wanted)) < 1e-3;
    const target = new page.EventTarget();
    let before = matches();
    queries.add(() => {
      if (matches() === before) return;
      before = matches();
      target.dispatchEvent(new page.Event("change"));
    });
    return Object.defineProperties(target as MediaQueryList, {
      matches: { get: matches },
      media: { value: media },
    });
  };
  return () => {
    for (const check of [...queries]) check();
    page.dispatchEvent(new page.Event("resize"));
  };
}

/** DOM storage of one phone, gone with the simulator's page. */
export function createPageStorage(): Storage {
  const values = new Map<string, string>();
  return {
    get length() {
      return values.size;
    },
    key: (index) => [...values.keys()][index] ?? null,
    getItem: (key) => values.get(key) ?? null,
    setItem: (key, value) => void values.set(key, value),
    removeItem: (key) => void values.delete(key),
    clear: () => values.clear(),
  };
}
