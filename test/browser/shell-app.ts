import { useApp, type AppFixture } from "./fixture.ts";
import { untilReady } from "./state.ts";

/** The app alone, and what its bar and its panels show. */
export interface ShellFixture extends AppFixture {
  /** Waits until the board is there. */
  ready(): Promise<void>;
  /** The tool in the hand. */
  tool(): Promise<string | undefined>;
  /** The id of what has the focus; empty where it has none. */
  focused(): Promise<string>;
  /** The id of the panel that is open. */
  panel(): Promise<string | undefined>;
  texts(selector: string): Promise<string[]>;
}

/** Called once, at the head of a file, as `useApp` is; nothing moves in it that need not. */
export function useShellApp(): ShellFixture {
  const app = useApp({ reducedMotion: "reduce" });
  const { page } = app;
  return {
    ...app,
    ready: () => untilReady(page),
    tool: () => page.evaluate(() => document.documentElement.dataset["tool"]),
    focused: () => page.evaluate(() => document.activeElement?.id ?? ""),
    async panel() {
      const shown = page.locator(".panel:visible");
      return (await shown.count()) === 0 ? undefined : ((await shown.getAttribute("id")) ?? "");
    },
    texts: (selector) => page.locator(selector).allTextContents(),
  };
}
