import { createPrng } from "../../src/base/prng.ts";
import type { Audio } from "../../src/env/audio.ts";
import type { Env } from "../../src/env/env.ts";
import type { Address, Host } from "../../src/env/host.ts";
import type { Storage } from "../../src/env/storage.ts";
import type { ChatOptions } from "../../src/simulator/chat.ts";
import type { EngineKind } from "../../src/simulator/engine.ts";
import type { TearMode } from "../../src/simulator/host-storage.ts";
import type { Phone, PhoneOptions } from "../../src/simulator/phone.ts";
import type { SimulatedWebView } from "../../src/simulator/webview.ts";
import { createSimulatedCalendar } from "../../src/simulator/simulated-calendar.ts";
import type { SimulatedCalendar } from "../../src/simulator/simulated-calendar.ts";
import type { World } from "../../src/simulator/world.ts";
import type { SpixiGlobals } from "../../src/spixi/sdk.ts";
import { createSpixiHost } from "../../src/spixi/spixi-host.ts";

export const TEST_APP = "com.example.test";

/** How many of a page's scripts are compiled; later ones are only taken apart, which is much faster. */
const COMPILED_SCRIPTS = 5;

export interface Warning {
  readonly message: string;
  readonly detail: unknown;
}

/** A Mini App page without a browser: the real bridge to a simulated messenger. */
export interface Page {
  /** What a session needs; time, timers and randomness end with the page or are seeded by the world. */
  readonly env: Env & { readonly calendar: SimulatedCalendar };
  readonly host: Host;
  readonly storage: Storage;
  readonly view: SimulatedWebView;
  readonly phone: Phone;
  /** What the page logged. */
  readonly warnings: readonly Warning[];
  /** The page's globals, as the host finds them. */
  readonly globals: SpixiGlobals;
  /** The person goes back to the chat. */
  back(): void;
  /** The page dies without a word; the messenger lives on and saves what it has. */
  kill(): void;
  /** The whole messenger dies, with all its pages and unsaved tables (default: torn by chance). */
  killMessenger(tear?: TearMode): void;
}

/** The phone's messenger, the kind of chat, and so on. */
export interface PageOptions extends PhoneOptions, ChatOptions {
  readonly appId?: string;
  readonly engine?: EngineKind;
  /** The page's microphone and loudspeaker. Default: none */
  readonly audio?: Audio;
}

const EVAL = /^eval\((".*")\)$/s;
const CALL = /^executeUiCommand\(SpixiAppSdk\.(\w+)((?:, '[A-Za-z0-9+/=]*')*)\)$/;

/** Runs a script with the page's globals in its scope. */
function runScript(globals: SpixiGlobals, script: string): void {
  // The host hands over program text, and a headless page has no window to evaluate it in.
  // oxlint-disable-next-line no-new-func, typescript/no-implied-eval
  const run = new Function("SpixiAppSdk", "executeUiCommand", script) as (...given: unknown[]) => void;
  run(globals.SpixiAppSdk, globals.executeUiCommand);
}

/** Does what `runScript` does with the host's usual calls, without compiling each of them. */
function runCall(globals: SpixiGlobals, script: string): void {
  const wrapped = EVAL.exec(script);
  const call = CALL.exec(wrapped ? (JSON.parse(wrapped[1]!) as string) : script);
  const execute = globals.executeUiCommand;
  if (!call || typeof execute !== "function") {
    runScript(globals, script);
    return;
  }
  const sdk = globals.SpixiAppSdk as Record<string, unknown>;
  const args = call[2]!.split(", ").slice(1);
  (execute as (...given: unknown[]) => void)(sdk[call[1]!], ...args.map((arg) => arg.slice(1, -1)));
}

/**
 * Opens the app on the phone of `address`, in a session with `contacts`; whoever uses the page calls
 * `host.open`, as the app does after its `load` event. The locale counts at the phone's first page.
 */
export function createPage(
  world: World,
  address: Address,
  contacts: readonly Address[],
  options: PageOptions = {},
): Page {
  const phone = world.phone(address, options);
  const globals: SpixiGlobals = {};
  const warnings: Warning[] = [];
  let scripts = 0;
  const view = phone.openApp({
    ...options,
    appId: options.appId ?? TEST_APP,
    contacts,
    // The first scripts of a page run as program text: the calls are seen to be what they should.
    evaluate: (script) => (++scripts <= COMPILED_SCRIPTS ? runScript : runCall)(globals, script),
  });
  const log = {
    warn: (message: string, detail?: unknown) => void warnings.push({ message, detail }),
  };
  const { host, storage } = createSpixiHost({
    clock: view.clock,
    log,
    navigate: (url) => view.navigate(url),
    globals,
  });
  return {
    env: {
      clock: view.clock,
      calendar: createSimulatedCalendar(view.clock),
      random: createPrng(world.prng.uint32()),
      host,
      storage,
      log,
      ...(options.audio ? { audio: options.audio } : {}),
    },
    host,
    storage,
    view,
    phone,
    warnings,
    globals,
    back: () => view.back(),
    kill: () => view.kill(),
    killMessenger: (tear) => phone.kill(tear),
  };
}
