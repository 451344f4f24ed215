import type { MovingBlob, Session } from "../../session.ts";
import type { NameOf } from "../people/presence-text.ts";
import type { Strings } from "../words/strings.ts";
import type { Notices } from "./notices.ts";

/** So many steps are told on the way: each is read aloud. */
const STEPS = 10;
/** What stands still for so long is not on its way. */
const SECONDS = 60;

/** Tells how much of a picture has come, or else has gone, in one line as long as it does. */
export function createPictureProgress({
  session,
  notices,
  strings,
  nameOf,
}: {
  readonly session: Pick<Session, "blobs">;
  readonly notices: Pick<Notices, "show" | "dismiss">;
  readonly strings: Strings;
  readonly nameOf: NameOf;
}): { update(): void } {
  let told: string | undefined;
  const textOf = ({ way, contact, part }: MovingBlob): string => {
    const percent = Math.floor(part * STEPS) * (100 / STEPS);
    if (way === "out") return `${strings.picture.title}: ${strings.percent(percent)}`;
    return strings.picture.coming(contact === undefined ? strings.somebody : nameOf(contact), percent);
  };
  return {
    update() {
      const all = session.blobs.moving();
      const shown = all.find(({ way }) => way === "in") ?? all[0];
      const text = shown && textOf(shown);
      if (text === told) return;
      told = text;
      if (text === undefined) notices.dismiss("picture");
      else notices.show({ kind: "picture", text, seconds: SECONDS });
    },
  };
}
