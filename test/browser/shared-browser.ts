import { chromium, type Browser } from "playwright-core";
import { inject } from "vitest";
import { shortenStacks } from "./short-stacks.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** Where the browser listens that test/config/one-browser.ts has started. */
    browser: string;
  }
}

let connected: Promise<Browser> | undefined;

/**
 * The one Chromium of all test files. Each process connects to it once and sees its own contexts only;
 * what is opened belongs into a new context, which is closed again. The clipboard is one for all:
 * only clipboard.test.ts may use it.
 */
export function sharedBrowser(): Promise<Browser> {
  connected ??= connect();
  return connected;
}

function connect(): Promise<Browser> {
  shortenStacks();
  return chromium.connect(inject("browser"));
}
