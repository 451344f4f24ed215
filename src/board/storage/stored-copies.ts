import type { Env } from "../../env/env.ts";
import type { Participants } from "../../env/host.ts";
import { boardIdOf } from "./board-id.ts";
import type { StoredCopy } from "./stored-set.ts";

/** Wherever the board of these people may be stored on this device; the first place is its own. */
export function storedCopies(
  { storage, otherStorages = [] }: Pick<Env, "storage" | "otherStorages">,
  participants: Participants,
): [StoredCopy, ...StoredCopy[]] {
  const boardId = boardIdOf(participants);
  const others = otherStorages.map((other): StoredCopy => ({ storage: other, boardId }));
  const { remotes } = participants;
  // As it was named while the host did not tell the own address.
  const formerId = boardIdOf({ own: undefined, remotes });
  if (remotes.length > 0 && formerId !== boardId) others.push({ storage, boardId: formerId });
  return [{ storage, boardId }, ...others];
}

/**
 * Where one more document of a board is stored, beside its first one: `name` is `[a-z0-9]+`, and its alone.
 * `wasStored` as StoredCopy has it.
 */
export function copiesOfDocument(
  [own, ...others]: readonly [StoredCopy, ...StoredCopy[]],
  name: string,
  wasStored: () => boolean = () => true,
): [StoredCopy, ...StoredCopy[]] {
  const copyOf = ({ storage, boardId }: StoredCopy): StoredCopy => ({
    storage,
    boardId: boardId + name,
    wasStored,
  });
  return [copyOf(own), ...others.map(copyOf)];
}
