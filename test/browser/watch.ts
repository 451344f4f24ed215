import type { Page } from "playwright-core";

export interface Watch {
  /** What went wrong so far, one line each. */
  readonly problems: () => readonly string[];
}

/** Collects console warnings and errors, uncaught exceptions, and requests that leave `origin`. */
export function watchPage(page: Page, origin: string): Watch {
  const found: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning")
      found.push(`console ${message.type()}: ${message.text()}`);
  });
  page.on("pageerror", (error) => found.push(`uncaught: ${error.message}`));
  page.on("request", (request) => {
    const url = request.url();
    if (!isAllowed(url, origin)) found.push(`request to ${url}`);
  });
  page.on("websocket", (socket) => found.push(`web socket to ${socket.url()}`));
  page.on("crash", () => found.push("the page crashed"));
  return { problems: () => found };
}

function isAllowed(url: string, origin: string): boolean {
  if (/^(data|blob):/.test(url)) return true;
  // Of a page from a file, the origin is a folder.
  return origin.startsWith("file:") ? url.startsWith(origin) : new URL(url).origin === new URL(origin).origin;
}
