import type { Clock } from "../../env/clock.ts";
import type { Session } from "../../session.ts";
import type { NameOf } from "../people/presence-text.ts";
import type { Strings } from "../words/strings.ts";
import type { Notices } from "./notices.ts";

export interface PictureNoticeDeps {
  readonly session: Pick<Session, "blobs">;
  readonly notices: Pick<Notices, "show" | "dismiss">;
  readonly strings: Strings;
  readonly nameOf: NameOf;
  readonly clock: Pick<Clock, "now">;
}

const KIND = "picture";
/** What is over sooner is not told. */
const LONG_MS = 1500;
/** Told in so many steps. */
const STEPS = 10;

/** Tells how far a picture is that takes a while to come, or to go. */
export function createPictureNotice(deps: PictureNoticeDeps): { update(): void } {
  const { session, notices, strings, nameOf, clock } = deps;
  let since: number | undefined;
  let told = "";
  return {
    update() {
      const [first] = session.blobs.moving();
      if (!first) {
        since = undefined;
        if (told !== "") notices.dismiss(KIND);
        told = "";
        return;
      }
      since ??= clock.now();
      if (clock.now() - since < LONG_MS) return;
      const { way, contact, part } = first;
      const percent = (Math.round(part * STEPS) * 100) / STEPS;
      const name = contact === undefined ? strings.somebody : nameOf(contact);
      const text = way === "in" ? strings.picture.coming(name, percent) : strings.picture.going(percent);
      if (text !== told) notices.show({ kind: KIND, text });
      told = text;
    },
  };
}
