import type { Address } from "../../src/env/host.ts";
import type { Contact } from "../../src/session.ts";
import type { Presence } from "../../src/sync/wire/presence-frame.ts";

const VIEW = { minX: 0, minY: 0, maxX: 100, maxY: 100 };

/** A contact as a session tells of it: without `presence` it is not here. */
export function contactOf(
  address: Address,
  presence?: Partial<Presence>,
  rest: Partial<Contact> = {},
): Contact {
  return {
    address,
    state: presence === undefined ? "waiting" : "here",
    drawing: false,
    hasEverything: true,
    missingStrokes: 0,
    isFull: false,
    page: undefined,
    preview: undefined,
    presence: presence && {
      document: 0,
      name: "",
      color: 0x1f2328,
      tool: "pen",
      view: VIEW,
      penDown: false,
      cursor: undefined,
      ...presence,
    },
    tip: undefined,
    ...rest,
  };
}
