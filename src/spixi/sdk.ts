/*
 * The functions of the page that the host calls by name, as its SDK has them.
 */
import { decodeBase64 } from "../base/bytes.ts";
import type { Address, Participants } from "../env/host.ts";
import type { Log } from "../env/log.ts";

/** Where the host looks for its names; in the app it is `window`. */
export interface SpixiGlobals {
  SpixiAppSdk?: unknown;
  executeUiCommand?: unknown;
  displayCallBar?: unknown;
  hideCallBar?: unknown;
}

/** What the host says, decoded. */
export interface SdkEvents {
  readonly opened: (participants: Participants) => void;
  readonly data: (sender: Address, text: string) => void;
  readonly ended: (sender: Address) => void;
  /** The answer to a storage request: the host's JSON, not looked at yet. */
  readonly answered: (json: string) => void;
  /** A call of the messenger's own is on, by what name; undefined: it is over. */
  readonly calling: (text: string | undefined) => void;
}

const utf8 = new TextDecoder();

function decodeText(base64: string): string | undefined {
  const bytes = decodeBase64(base64);
  return bytes && utf8.decode(bytes);
}

/**
 * Who takes part, out of the arguments of `onInit` after the session id: one's own address and then
 * the contacts'; from a host before SDK 0.5 the contacts in one argument, or nothing at all. A single
 * name may be either: it is taken for one's own. Anything that is no text counts for nothing.
 */
function participantsOf(args: readonly unknown[]): Participants {
  const texts = args.map((arg) => (typeof arg === "string" ? arg : ""));
  const [first = "", ...others] = texts;
  const isOldForm = first.includes(",") || first.trim() === "";
  const own = isOldForm ? undefined : first.trim();
  const listed = isOldForm ? [...first.split(","), ...others] : others;
  const remotes = new Set(listed.map((address) => address.trim()));
  remotes.delete("");
  if (own !== undefined) remotes.delete(own);
  return { own, remotes: [...remotes] };
}

/**
 * Installs the globals that the host calls by name: `executeUiCommand(handler, ...arguments)`,
 * each argument base64 of UTF-8, `SpixiAppSdk` with the handlers, and the two for its own calls. Nothing that they do throws:
 * the host, or the official page script, would show an alert.
 */
export function installSdk(globals: SpixiGlobals, events: SdkEvents, log: Log): void {
  const ignore = (): void => undefined;
  const guarded = (task: () => void): void => {
    try {
      task();
    } catch (error) {
      log.warn("A call of the host failed", error);
    }
  };
  /** A handler whose arguments are texts; a call with anything else is no call. */
  const ofTexts =
    (count: number, handle: (...texts: string[]) => void) =>
    (...args: unknown[]): void => {
      const texts = args.slice(0, count).filter((arg) => typeof arg === "string");
      if (texts.length === count) guarded(() => handle(...texts));
    };

  globals.SpixiAppSdk = {
    onInit: (_sessionId?: unknown, ...args: unknown[]) => guarded(() => events.opened(participantsOf(args))),
    onNetworkData: ofTexts(2, events.data),
    // Other apps' protocols.
    onNetworkProtocolData: ignore,
    // Not reached in today's host: nothing waits for them.
    onRequestAccept: ignore,
    onRequestReject: ignore,
    onAppEndSession: ofTexts(1, events.ended),
    // The old way to read storage, which this app does not use.
    onStorageData: ignore,
    // The host calls it by itself too, without the command that decodes.
    ar: ofTexts(1, (text) => events.answered(text.startsWith("{") ? text : (decodeText(text) ?? ""))),
  };

  // The session, the words, and when it began.
  globals.displayCallBar = (_session?: unknown, text?: unknown) =>
    guarded(() => events.calling(typeof text === "string" ? text : ""));
  globals.hideCallBar = () => guarded(() => events.calling(undefined));

  globals.executeUiCommand = (handler: unknown, ...args: unknown[]): void =>
    guarded(() => {
      // A newer host may know handlers that this page does not.
      if (typeof handler !== "function") return;
      const texts = args.map((arg) => (typeof arg === "string" ? decodeText(arg) : undefined));
      if (texts.includes(undefined)) log.warn("The host sent an argument that is not base64");
      else (handler as (...given: unknown[]) => void)(...texts);
    });
}
