/*
 * What a page may bring in, hand out and ask of the device, by where it runs: files, the clipboard, cameras.
 * Each messenger's web view differs from the browser around the simulator, which can do all of it; what a
 * profile blocks fails in the page just as it does there, so the app's own page needs no change.
 *
 *              file chooser  download  blob: shown  clipboard's pictures  reads clipboard  camera  microphone
 *   android    nothing       cancelled yes          silently not written  refused          yes     fails
 *   ios        yes           cancelled no           yes                   yes              yes     yes
 *   windows    yes           yes       yes          yes                   yes              yes     yes
 *   macos      yes           cancelled no           yes                   yes              refused refused
 *   browser    all as the browser has it
 *
 * None of the messengers has `navigator.share`. What is dropped or pasted with keys comes everywhere.
 */
import type { Platform } from "../engine.ts";

/** `browser`: a page without limits, as in a browser with a messenger around it. */
export type Profile = Platform | "browser";

/** In the order in which they are offered, by what the page calls them. */
export const PROFILES: readonly (readonly [Profile, string])[] = [
  ["android", "Android"],
  ["ios", "iPhone"],
  ["windows", "Windows"],
  ["macos", "macOS"],
  ["browser", "Plain browser"],
];

const USER_AGENTS: Readonly<Record<Platform, (own: string) => string>> = {
  android: (own) =>
    "Mozilla/5.0 (Linux; Android 14; Pixel 8 Build/AP1A.240505.004; wv) AppleWebKit/537.36 (KHTML, like Gecko) " +
    `Version/4.0 Chrome/${chromeOf(own)} Mobile Safari/537.36`,
  ios: () =>
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148",
  windows: (own) =>
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) " +
    `Chrome/${chromeOf(own)} Safari/537.36 Edg/${chromeOf(own)}`,
  macos: () => "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko)",
};

/** The profile of a name in the address, `iphone` for iOS too; undefined where it is none. */
export function parseProfile(name: string | null): Profile | undefined {
  return name === "iphone" ? "ios" : PROFILES.find(([profile]) => profile === name)?.[0];
}

/** Whose scripts and navigations are as this profile's. */
export function platformOf(profile: Profile): Platform {
  return profile === "browser" ? "windows" : profile;
}

export function allowsDownloads(profile: Profile): boolean {
  return profile === "windows" || profile === "browser";
}

/** The parts of the page's global object that are replaced; TypeScript's Window has them not as values. */
type PageWindow = Window & {
  readonly DOMException: typeof DOMException;
  readonly HTMLInputElement: typeof HTMLInputElement;
  readonly URL: typeof URL;
};

/** Takes from a page, before its first script runs, what it would not have there. */
export function applyProfile(given: Window, profile: Profile): void {
  if (profile === "browser") return;
  const page = given as PageWindow;
  const { navigator } = page;
  const isWebKit = profile === "ios" || profile === "macos";
  const agent = USER_AGENTS[profile](navigator.userAgent);
  Object.defineProperty(navigator, "userAgent", { configurable: true, get: () => agent });
  hide(navigator, ["share", "canShare"]);
  if (profile !== "windows") hide(page, ["showOpenFilePicker", "showSaveFilePicker"]);
  if (profile === "android") {
    ignoreFileInputs(page);
    closeClipboard(page);
  }
  if (isWebKit) breakBlobAddresses(page);
  if (profile === "android" || profile === "macos") limitDevices(page, profile);
}

/** As if the engine had never heard of them: neither the object nor what it inherits from has them. */
function hide(target: object, names: readonly string[]): void {
  for (const name of names) {
    for (let each: object | null = target; each; each = Object.getPrototypeOf(each) as object | null)
      Reflect.deleteProperty(each, name);
  }
}

/** A press on one does nothing, and no event comes of it. */
function ignoreFileInputs(page: PageWindow): void {
  const { prototype } = page.HTMLInputElement;
  const { click } = prototype;
  prototype.click = function (this: HTMLInputElement) {
    if (this.type !== "file") click.call(this);
  };
  prototype.showPicker = function () {};
  page.addEventListener(
    "click",
    (event) => {
      const target = event.composedPath()[0];
      if (target instanceof page.HTMLInputElement && target.type === "file") event.preventDefault();
    },
    true,
  );
}

/** Reading is refused. Of what is written, pictures vanish without an error. */
function closeClipboard(page: PageWindow): void {
  const { clipboard } = page.navigator;
  // A page that is not secure has none.
  if (!(clipboard as Clipboard | undefined)) return;
  const refuse = (): Promise<never> =>
    Promise.reject(new page.DOMException("Read permission denied.", "NotAllowedError"));
  const write = clipboard.write.bind(clipboard);
  Object.assign(clipboard, {
    read: refuse,
    readText: refuse,
    write: (items: readonly ClipboardItem[]) => {
      const hasPicture = items.some(({ types }) => types.some((type) => type.startsWith("image/")));
      return hasPicture ? Promise.resolve() : write([...items]);
    },
  });
}

/** They are made, and nothing is found behind them. */
function breakBlobAddresses({ URL: addresses }: PageWindow): void {
  const create = addresses.createObjectURL.bind(addresses);
  addresses.createObjectURL = (source) => {
    const made = create(source);
    addresses.revokeObjectURL(made);
    return made;
  };
}

/** macOS has no words to ask a person for either; Android's messenger has the right to the camera alone. */
function limitDevices(page: PageWindow, profile: "android" | "macos"): void {
  const { mediaDevices } = page.navigator;
  if (!(mediaDevices as MediaDevices | undefined)) return;
  const open = mediaDevices.getUserMedia.bind(mediaDevices);
  mediaDevices.getUserMedia = (wanted) => {
    const fails = (text: string, name: string): Promise<never> =>
      Promise.reject(new page.DOMException(text, name));
    if (profile === "macos") return fails("Permission denied", "NotAllowedError");
    const wantsSound = wanted?.audio !== undefined && wanted.audio !== false;
    return wantsSound ? fails("Could not start audio source", "NotReadableError") : open(wanted);
  };
}

function chromeOf(userAgent: string): string {
  return /Chrome\/([\d.]+)/.exec(userAgent)?.[1] ?? "130.0.0.0";
}
