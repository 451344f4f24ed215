import { encodeBase64 } from "../base/bytes.ts";
import type { Clock } from "../env/clock.ts";
import type { Platform } from "./engine.ts";

/** How the host calls its page: scripts that it evaluates there, a moment later. */
export interface PageCalls {
  /** Calls one of the SDK's handlers; texts go as base64. */
  call(handler: string, ...args: string[]): void;
  /** Answers a storage command of the page: with a result, or with an error. */
  answer(to: string, content: { r: string } | { e: string }): void;
  /** While they wait nothing is evaluated; afterwards all of it is, in order. */
  setWaiting(wait: boolean): void;
  /** The page is gone. */
  close(): void;
}

export interface PageCallsDeps {
  readonly clock: Clock;
  readonly platform: Platform;
  /** Runs a script in the page, now. */
  readonly evaluate: (script: string) => void;
}

/** Time between the host and its page, in milliseconds. */
const HOST_DELAY = 2;

const utf8 = new TextEncoder();
const encodeText = (text: string): string => encodeBase64(utf8.encode(text));

export function createPageCalls({ clock, platform, evaluate }: PageCallsDeps): PageCalls {
  let waits = false;
  let closed = false;
  let waiting: string[] = [];

  const run = (script: string): void => {
    if (closed) return;
    if (waits) waiting.push(script);
    else evaluate(script);
  };
  const call = (handler: string, ...args: string[]): void => {
    const quoted = args.map((arg) => `, '${encodeText(arg)}'`).join("");
    const script = `executeUiCommand(SpixiAppSdk.${handler}${quoted})`;
    const wrapped = platform === "android" ? script : `eval(${JSON.stringify(script)})`;
    clock.after(HOST_DELAY, () => run(wrapped));
  };

  return {
    call,
    answer: (to, content) => call("ar", JSON.stringify({ id: to, ...content })),
    setWaiting(wait) {
      waits = wait;
      if (wait) return;
      for (const script of waiting.splice(0)) clock.after(0, () => run(script));
    },
    close() {
      closed = true;
      waiting = [];
    },
  };
}
