/*
 * WebKitGTK's browser in the hands of a test, through WebKitWebDriver, by the WebDriver protocol of the
 * W3C. Nothing of a protocol's command is interpreted here beyond what is written below.
 *
 * - One driver serves one session, one session is one browser with a new, empty storage.
 * - Each tab is the only one of a window of its own: nothing manages the windows of this display, so all of
 *   them count as seen, while of several tabs in one window only the first would be painted.
 * - A session has one current tab, which every command to a tab makes it first. So commands must come one
 *   after the other, each awaited.
 * - Whatever the browser or the driver refuses rejects, with the protocol's error and the browser's words.
 * - Places are CSS pixels in the page, durations are zero: the driver moves as fast as the browser takes it.
 * - The driver knows mice and pens. It takes pointers of type `touch` and makes a mouse of them.
 */
import { spawn, type ChildProcess } from "node:child_process";
import { createServer, type AddressInfo } from "node:net";
import { createInterface } from "node:readline";
import { vi } from "vitest";
import type { Place } from "../browser/picture.ts";

/** What the driver can hold: not a finger. */
export type DriverPointer = "mouse" | "pen";

export interface WebKitSession {
  /** The tabs that are open are other ones: each is a page of its own, in the same storage. */
  newTab(): Promise<WebKitTab>;
  /** Ends browser, driver and display. */
  close(): Promise<void>;
}

export interface WebKitTab {
  /** Resolves when the page has loaded. */
  goto(url: string): Promise<void>;
  reload(): Promise<void>;
  /** Runs in the page, so it must be whole in itself. What goes in and comes out is JSON. */
  evaluate<Result, Given>(task: (given: Given) => Result, given: Given): Promise<Result>;
  evaluate<Result>(task: () => Result): Promise<Result>;
  /** Presses the middle of the only element that is meant, which must be there and in sight. */
  click(selector: string): Promise<void>;
  /** Presses keys one after the other: signs, or names such as `Control+Shift+z` and `Escape`. */
  press(...keys: readonly string[]): Promise<void>;
  type(text: string): Promise<void>;
  /** Goes to the first place, presses there, and goes on through the others. */
  down(pointer: DriverPointer, places: readonly Place[]): Promise<void>;
  up(pointer: DriverPointer): Promise<void>;
  /** The page as it is shown, as PNG. */
  screenshot(): Promise<Buffer>;
  close(): Promise<void>;
}

/** By the protocol, keys without a sign of their own have these. */
const KEYS: Readonly<Record<string, string>> = {
  Backspace: "\uE003",
  Tab: "\uE004",
  Enter: "\uE007",
  Shift: "\uE008",
  Control: "\uE009",
  Escape: "\uE00C",
  PageUp: "\uE00E",
  End: "\uE010",
  Home: "\uE011",
  ArrowLeft: "\uE012",
  ArrowUp: "\uE013",
  Delete: "\uE017",
};
/** The protocol's name for the field that holds an element's id. */
const ELEMENT = "element-6066-11e4-a52e-4f735466cecf";

type Send = <T>(method: "GET" | "POST" | "DELETE", path: string, body?: unknown) => Promise<T>;

/**
 * Starts a display, a driver and a browser, in a window of at least `width` x `height` CSS pixels, bars
 * included.
 *
 * @param env what the browser finds in its environment besides what is there
 */
export async function startWebKit(
  size: { readonly width: number; readonly height: number },
  env: Readonly<Record<string, string>>,
): Promise<WebKitSession> {
  const screen = spawn("Xvfb", ["-displayfd", "1", "-screen", "0", "1600x1200x24", "-nolisten", "tcp"], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  let driver: ChildProcess | undefined;
  const stop = async (): Promise<void> => {
    await end(driver);
    await end(screen);
  };
  try {
    const display = await firstLine(screen);
    const port = await freePort();
    driver = spawn("WebKitWebDriver", [`--port=${port}`], {
      env: { ...process.env, ...env, DISPLAY: `:${display}` },
      stdio: "ignore",
    });
    const send = sendTo(`http://127.0.0.1:${port}`);
    await vi.waitFor(() => send("GET", "/status"), { timeout: 30_000, interval: 20 });
    const { sessionId } = await send<{ sessionId: string }>("POST", "/session", {
      capabilities: { alwaysMatch: {} },
    });
    return await openSession((method, path, body) => send(method, `/session/${sessionId}${path}`, body), {
      size,
      stop,
    });
  } catch (error) {
    await stop();
    throw error;
  }
}

function sendTo(origin: string): Send {
  return async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const request = body === undefined ? { method } : { method, body: JSON.stringify(body) };
    const response = await fetch(origin + path, request);
    const { value } = (await response.json()) as { value: T & { error?: string; message?: string } };
    if (!response.ok) throw new Error(`${method} ${path}: ${value.error}: ${value.message}`);
    return value;
  };
}

async function openSession(
  send: Send,
  {
    size,
    stop,
  }: {
    readonly size: { readonly width: number; readonly height: number };
    readonly stop: () => Promise<void>;
  },
): Promise<WebKitSession> {
  let current = await send<string>("GET", "/window");
  /** The window that a browser begins with, until somebody asks for one. */
  let unused: string | undefined = current;
  const inTab =
    (handle: string): Send =>
    async (method, path, body) => {
      if (current !== handle) {
        await send("POST", "/window", { handle });
        current = handle;
      }
      return send(method, path, body);
    };
  return {
    async newTab() {
      const handle =
        unused ?? (await send<{ handle: string }>("POST", "/window/new", { type: "window" })).handle;
      unused = undefined;
      const sendToTab = inTab(handle);
      await sendToTab("POST", "/window/rect", { x: 0, y: 0, ...size });
      return createTab(sendToTab);
    },
    async close() {
      try {
        await send("DELETE", "");
      } finally {
        await stop();
      }
    },
  };
}

function createTab(send: Send): WebKitTab {
  const act = (sources: readonly object[]): Promise<void> => send("POST", "/actions", { actions: sources });
  const point = (pointerType: DriverPointer, actions: readonly object[]): Promise<void> =>
    act([{ type: "pointer", id: pointerType, parameters: { pointerType }, actions }]);
  const strike = (keys: readonly string[]): Promise<void> => {
    const values = keys.map((key) => KEYS[key] ?? key);
    const down = values.map((value) => ({ type: "keyDown", value }));
    const up = values.map((value) => ({ type: "keyUp", value })).reverse();
    return act([{ type: "key", id: "keyboard", actions: [...down, ...up] }]);
  };
  return {
    goto: (url) => send("POST", "/url", { url }),
    reload: () => send("POST", "/refresh", {}),
    evaluate: <Result>(task: (given: never) => Result, given?: unknown) =>
      send<Result>("POST", "/execute/sync", {
        script: `return (${String(task)})(arguments[0]);`,
        args: [given ?? null],
      }),
    async click(selector) {
      const found = await send<Record<string, string>>("POST", "/element", {
        using: "css selector",
        value: selector,
      });
      await send("POST", `/element/${found[ELEMENT]}/click`, {});
    },
    async press(...keys) {
      for (const key of keys) await strike(key.split(/(?<=.)\+/u));
    },
    async type(text) {
      for (const sign of text) await strike([sign === "\n" ? "Enter" : sign]);
    },
    down: (pointer, places) => {
      const moves = places.map(([x, y]) => ({ type: "pointerMove", x, y, duration: 0, origin: "viewport" }));
      return point(pointer, [moves[0]!, { type: "pointerDown", button: 0 }, ...moves.slice(1)]);
    },
    up: (pointer) => point(pointer, [{ type: "pointerUp", button: 0 }]),
    screenshot: async () => Buffer.from(await send<string>("GET", "/screenshot"), "base64"),
    close: async () => void (await send("DELETE", "/window")),
  };
}

/** What a program says first; rejects where it ends before. */
function firstLine(program: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    createInterface({ input: program.stdout! }).once("line", resolve);
    program.once("error", reject);
    program.once("exit", () => reject(new Error("The display ended before it was there.")));
  });
}

async function end(program: ChildProcess | undefined): Promise<void> {
  if (program?.exitCode !== null || program.signalCode !== null) return;
  const gone = new Promise((resolve) => {
    program.once("exit", resolve);
  });
  program.kill();
  await gone;
}

/** The driver wants to be told its port. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
