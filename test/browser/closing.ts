import { expect } from "vitest";

/** What a test has opened: a page with the app, or several. */
interface Opened {
  /** Everything that must not happen. */
  problems(): readonly string[];
  close(): Promise<void>;
}

/** Closes it; nothing may have gone wrong. Looks only when it is closed, or a failing test would leave it open. */
export async function closeClean({ problems, close }: Opened): Promise<void> {
  const found = [...problems()];
  await close();
  expect(found).toEqual([]);
}
