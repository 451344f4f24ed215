import type { Choices } from "../choices/choices.ts";
import type { Strings } from "../words/strings.ts";
import type { Notices } from "./notices.ts";
import { NOTICE_SECONDS } from "./session-notices.ts";

/** Says once what a pen that was found changes: it draws, and fingers move the canvas. Returns how to stop. */
export function watchForPen({
  choices,
  notices,
  strings,
  told,
}: {
  readonly choices: Pick<Choices, "hasPen" | "fingersPan" | "setFingersPan" | "onChange">;
  readonly notices: Pick<Notices, "show">;
  readonly strings: Strings;
  /** What was said once and is not said again. */
  readonly told: Set<string>;
}): () => void {
  return choices.onChange(() => {
    if (!choices.hasPen() || !choices.fingersPan() || told.has("pen")) return;
    told.add("pen");
    const action = { label: strings.fingersDraw, run: () => choices.setFingersPan(false) };
    notices.show({ kind: "pen", text: strings.penFound, seconds: NOTICE_SECONDS, action });
  });
}
