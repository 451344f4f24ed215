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
    if (!url.startsWith(origin) && !/^(data|blob):/.test(url)) found.push(`request to ${url}`);
  });
  page.on("crash", () => found.push("the page crashed"));
  return { problems: () => found };
}
