import { decodeBase64 } from "../base/bytes.ts";
import type { Address, Participants } from "../env/host.ts";
import type { Log } from "../env/log.ts";

/** Where the host looks for its names; in the app it is `window`. */
export interface SpixiGlobals {
  SpixiAppSdk?: unknown;
  executeUiCommand?: unknown;
}

/** What the host says, decoded. */
export interface SdkEvents {
  opened(participants: Participants): void;
  data(sender: Address, text: string): void;
  ended(sender: Address): void;
  /** The answer to a storage request: the host's JSON, not looked at yet. */
  answered(json: string): void;
}

/** What stands for this person where a host does not tell the own address. */
const UNKNOWN_OWN = "";

const utf8 = new TextDecoder();

function decodeText(base64: string): string | undefined {
  const bytes = decodeBase64(base64);
  return bytes && utf8.decode(bytes);
}

/**
 * Who takes part, out of the arguments of `onInit` after the session id: one's own address and then
 * the contacts'; from a host before SDK 0.5 the contacts in one argument, or nothing at all.
 */
function participantsOf(args: readonly string[]): Participants {
  const [first = UNKNOWN_OWN, ...others] = args;
  const isOldForm = first.includes(",");
  const own = isOldForm ? UNKNOWN_OWN : first;
  const listed = isOldForm ? first.split(",") : others;
  const addresses = new Set(listed.map((address) => address.trim()));
  addresses.delete(own);
  addresses.delete("");
  return { own, remotes: [...addresses] };
}

/**
 * Installs the two globals that the host calls by name: `executeUiCommand(handler, ...arguments)`,
 * each argument base64 of UTF-8, and `SpixiAppSdk` with the handlers. Nothing that they do throws:
 * the host, or the official page script, would show an alert.
 */
export function installSdk(globals: SpixiGlobals, events: SdkEvents, log: Log): void {
  const ignore = (): void => undefined;
  const answer = (text: string): void =>
    events.answered(text.startsWith("{") ? text : (decodeText(text) ?? ""));

  globals.SpixiAppSdk = {
    onInit: (_sessionId?: string, ...args: string[]) => events.opened(participantsOf(args)),
    onNetworkData: (sender: string, text: string) => events.data(sender, text),
    // Other apps' protocols.
    onNetworkProtocolData: ignore,
    // Not reached in today's host: nothing waits for them.
    onRequestAccept: ignore,
    onRequestReject: ignore,
    onAppEndSession: (sender: string) => events.ended(sender),
    // The old way to read storage, which this app does not use.
    onStorageData: ignore,
    ar: (text: string) => guarded(() => answer(text)),
  };

  const guarded = (task: () => void): void => {
    try {
      task();
    } catch (error) {
      log.warn("A call of the host failed", error);
    }
  };

  globals.executeUiCommand = (handler: unknown, ...args: unknown[]): void =>
    guarded(() => {
      // A newer host may know handlers that this page does not.
      if (typeof handler !== "function") return;
      const texts = args.map((arg) => (typeof arg === "string" ? decodeText(arg) : undefined));
      if (texts.includes(undefined)) log.warn("The host sent an argument that is not base64");
      else (handler as (...given: unknown[]) => void)(...texts);
    });
}
