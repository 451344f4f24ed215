/*
 * The strip at the top: the faces, and beside them in words who is here and what they have.
 */
import type { Address } from "../../env/host.ts";
import type { Phase } from "../../session.ts";
import { element } from "../widgets/dom.ts";
import type { Strings } from "../words/strings.ts";
import { createFaceStrip, type FaceStripDeps } from "./face-strip.ts";
import { presenceKey, type PresenceState } from "./presence-key.ts";
import { deliveryText, longestTexts, presenceText } from "./presence-text.ts";

/** Who is here, in pictures and in words. */
export interface Presence {
  readonly root: HTMLElement;
  /** "+5": opens the list of everybody; on the page where there are more people than pictures. */
  readonly everyone: HTMLButtonElement;
  update(state: PresenceState): void;
  /** Whose view this person sees all the time. */
  setFollowed(address: Address | undefined): void;
}

export interface PresenceDeps extends FaceStripDeps {
  /** A lasting second line, instead of what the contacts have. */
  readonly remark?: string | undefined;
}

/**
 * Its size depends on who takes part, not on what they do: it must not jump while somebody draws. So
 * what it may have to say soon is in it already, invisible.
 */
export function createPresence(deps: PresenceDeps): Presence {
  const { nameOf, strings, remark, elsewhere } = deps;
  const faces = createFaceStrip(deps);
  const words = element("p", { id: "presence-text" });
  const delivery = element("p", { id: "delivery", class: "quiet" });
  const second =
    remark === undefined ? delivery : element("p", { id: "remark", class: "quiet", text: remark });
  const room = element("div", { class: "room", attributes: { "aria-hidden": "true" } });
  const lines = element("div", { class: "presence-lines" }, [words, second, room]);
  const root = element("div", { id: "presence", class: "presence" }, [faces.root, lines]);
  let followed: Address | undefined;
  let latest: PresenceState | undefined;
  let shown: string | undefined;

  const show = (state: PresenceState): void => {
    latest = state;
    const { phase, own, contacts, hasInk, isSaved } = state;
    // Asked for at every change of the board, and each time a contact points: what says the same is left alone.
    const key = presenceKey(state, followed, nameOf, elsewhere);
    if (key === shown) return;
    shown = key;
    faces.show(own, contacts, followed);
    words.textContent =
      phase === "ready" ? presenceText(contacts, nameOf, strings, elsewhere) : phaseText(phase, strings);
    const delivered =
      phase === "ready" ? deliveryText(contacts, { hasInk, isSaved }, nameOf, strings) : undefined;
    delivery.textContent = delivered ?? "";
    delivery.hidden = delivered === undefined;
    const longest = longestTexts(contacts, nameOf, strings);
    room.replaceChildren(
      ...longest.first.map((text) => element("p", { text })),
      ...(remark === undefined ? longest.second : []).map((text) => element("p", { class: "quiet", text })),
    );
    root.dataset["state"] = phase === "ready" ? (contacts[0]?.state ?? "alone") : phase;
  };

  return {
    root,
    everyone: faces.everyone,
    update: show,
    setFollowed(address) {
      followed = address;
      if (latest) show(latest);
    },
  };
}

function phaseText(phase: Exclude<Phase, "ready">, strings: Strings): string {
  return phase === "connecting" ? strings.connecting : strings.loading;
}
