import type { WriteId } from "../document/write-id.ts";

/** No honest session writes this; the message says why, in a few words for the log. */
export class Refusal extends Error {}

/** Something that an update builds on is not there. */
export class Missing extends Error {
  readonly id: WriteId;
  constructor(id: WriteId) {
    super();
    this.id = id;
  }
}

/** The board has no room for it. */
export class NoRoom extends Error {}

/** It makes more to compare than is left of this task. */
export class NoTime extends Error {}

/** It makes more to compare than a task may have. */
export class TooMuch extends Error {}
