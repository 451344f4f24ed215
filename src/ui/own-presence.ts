import { sameBox } from "../base/geometry.ts";
import type { Session } from "../session.ts";
import { cleanName } from "../sync/wire/name.ts";
import type { Choices } from "./choices/choices.ts";
import type { LocalPresence } from "./stage/stage.ts";

/** Tells the contacts what this person does: where on the canvas, by what name, and with which tool. */
export interface OwnPresence {
  /** Something happened on the canvas. */
  moved(next: LocalPresence): void;
  close(): void;
}

export function createOwnPresence({
  session,
  choices,
}: {
  readonly session: Pick<Session, "setPresence">;
  readonly choices: Choices;
}): OwnPresence {
  let local: LocalPresence | undefined;
  const tell = (): void => {
    if (!local) return;
    const { color } = choices.brush();
    const name = cleanName(choices.preferences().name);
    session.setPresence({ name, color, tool: choices.tool(), ...local });
  };
  const stop = choices.onChange(tell);
  return {
    moved(next) {
      // While a pen draws, nothing else of this changes.
      if (local && isSame(local, next)) return;
      local = next;
      tell();
    },
    close: stop,
  };
}

function isSame(a: LocalPresence, b: LocalPresence): boolean {
  return (
    a.penDown === b.penDown &&
    a.cursor?.x === b.cursor?.x &&
    a.cursor?.y === b.cursor?.y &&
    sameBox(a.view, b.view)
  );
}
