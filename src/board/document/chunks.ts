import * as Y from "yjs";
import * as encoding from "lib0/encoding";
import { takeInCausalOrder } from "./causal.ts";
import { rootsOf } from "./document.ts";
import { LIMITS } from "./limits.ts";
import { isEmptyMark, markOf } from "./marks.ts";
import { createCausalDeps } from "./causal-deps.ts";
import type { StateVector } from "./state.ts";

/** Big enough that its envelope is noise, small enough that losing one costs little. */
export const CHUNK_BYTES = 16 * 1024;

type Struct = Y.Item | Y.GC;
type UpdateStruct = Struct | Y.Skip;

/** The structs of one session from where the asker's knowledge ends, and how far they are sent. */
interface Run {
  readonly client: number;
  readonly structs: readonly Struct[];
  next: number;
}

/** A chunk of deletions has at most this many ranges: of each, two numbers. */
const CHUNK_RANGES = LIMITS.updateDeletions.writes;

/** Of marks that what is in a chunk makes stand or fall: their bytes are read by who gets it. */
const CHUNK_SWITCHED = LIMITS.switchedBytes.writes;

/** What goes into one chunk: per session, so many neighbouring structs in the order of their clocks. */
interface Section {
  readonly start: number;
  count: number;
  readonly structs: encoding.Encoder;
}

/**
 * What an asker with the state `known` lacks, as updates (V1) that can each be applied when they
 * arrive, in this order: nothing in a chunk refers to what is neither known nor in it or before it.
 * So every chunk that gets through is progress, whatever happens to the others.
 *
 * Deletions come last, and only those of writes that the asker has: what it lacks arrives as deleted.
 * `withDeletions` false leaves them out. `until`: of these sessions nothing that begins at this clock or
 * later is sent. Empty where the asker lacks nothing.
 */
export function causalChunks(
  doc: Y.Doc,
  known: StateVector,
  withDeletions: boolean,
  limit = CHUNK_BYTES,
  until: StateVector = new Map(),
): Uint8Array[] {
  const { chunks } = collect(doc, known, limit, until, Infinity);
  if (withDeletions) {
    for (const deletions of knownDeletions(doc, known)) chunks.push(encodeChunk(new Map(), deletions));
  }
  return chunks;
}

/**
 * The first of these chunks without deletions, and up to where it leads: so that they can be made one by one, while
 * the document goes on. Undefined where nothing is lacking.
 */
export function nextChunk(
  doc: Y.Doc,
  known: StateVector,
  limit: number,
  until: StateVector,
): { readonly chunk: Uint8Array; readonly to: StateVector } | undefined {
  const { chunks, sent } = collect(doc, known, limit, until, 1);
  return chunks[0] && { chunk: chunks[0], to: sent };
}

/** At most so many chunks, and what somebody has who has them. */
function collect(
  doc: Y.Doc,
  known: StateVector,
  limit: number,
  until: StateVector,
  most: number,
): { readonly chunks: Uint8Array[]; readonly sent: StateVector } {
  const sent = new Map(known);
  const runs = missingRuns(doc, known, until);
  const roots = rootsOf(doc);
  const depsOf = createCausalDeps(roots);
  const encodeStruct = createStructEncoder();
  const chunks: Uint8Array[] = [];
  let sections = new Map<number, Section>();
  let size = 0;
  let switched = 0;

  const flush = (): void => {
    if (sections.size > 0) chunks.push(encodeChunk(sections, undefined));
    sections = new Map();
    size = 0;
    switched = 0;
  };

  const take = (run: Run): void => {
    const struct = run.structs[run.next++]!;
    const from = sent.get(run.client) ?? 0;
    const bytes = encodeStruct(struct, from - struct.id.clock);
    const its = switchedBytes(struct, roots.marks, known);
    if (size > 0 && (size + bytes.length > limit || switched + its > CHUNK_SWITCHED)) flush();
    if (chunks.length >= most) return;
    let section = sections.get(run.client);
    if (!section) {
      section = { start: from, count: 0, structs: encoding.createEncoder() };
      sections.set(run.client, section);
    }
    section.count++;
    encoding.writeUint8Array(section.structs, bytes);
    size += bytes.length;
    switched += its;
    sent.set(run.client, struct.id.clock + struct.length);
  };

  takeInCausalOrder(
    runs.map((run) => ({
      client: run.client,
      hasNext: () => chunks.length < most && run.next < run.structs.length,
      missing: () => missingOf(run.structs[run.next]!, sent, depsOf),
      take: () => take(run),
    })),
  );
  flush();
  return { chunks, sent };
}

/** All writes beyond the state `known`, and these deletions, as one update (V1). */
export function changesSince(doc: Y.Doc, known: StateVector, deletions: DeleteSet): Uint8Array {
  const encodeStruct = createStructEncoder();
  const sections = new Map<number, Section>();
  for (const { client, structs, next } of missingRuns(doc, known, new Map())) {
    const start = known.get(client) ?? 0;
    const section = { start, count: structs.length - next, structs: encoding.createEncoder() };
    for (const struct of structs.slice(next)) {
      encoding.writeUint8Array(section.structs, encodeStruct(struct, start - struct.id.clock));
    }
    sections.set(client, section);
  }
  return encodeChunk(sections, deletions);
}

/**
 * What each session writes in an update (V1), as an update of its own. Without deletions: a value goes with what
 * replaces it. Throws where it is none.
 */
export function updatesBySession(update: Uint8Array): ReadonlyMap<number, Uint8Array> {
  const bySession = sectionsOf(Y.decodeUpdate(update).structs);
  return new Map(
    Array.from(bySession, ([client, section]) => [
      client,
      encodeChunk(new Map([[client, section]]), undefined),
    ]),
  );
}

/** The same for what begins below the clocks `at`, and for the rest. */
export function dividedUpdate(update: Uint8Array, at: StateVector): readonly [Uint8Array, Uint8Array] {
  const { structs } = Y.decodeUpdate(update);
  const isBelow = ({ id: { client, clock } }: UpdateStruct): boolean => clock < (at.get(client) ?? 0);
  const below = structs.filter(isBelow);
  const rest = structs.filter((struct) => !isBelow(struct));
  return [encodeChunk(sectionsOf(below), undefined), encodeChunk(sectionsOf(rest), undefined)];
}

/** By session, in the order in which they come. */
function sectionsOf(structs: readonly UpdateStruct[]): Map<number, Section> {
  const encodeStruct = createStructEncoder();
  const sections = new Map<number, Section>();
  for (const struct of structs) {
    const { client, clock } = struct.id;
    let section = sections.get(client);
    if (!section) {
      section = { start: clock, count: 0, structs: encoding.createEncoder() };
      sections.set(client, section);
    }
    section.count++;
    encoding.writeUint8Array(section.structs, encodeStruct(struct, 0));
  }
  return sections;
}

function missingRuns(doc: Y.Doc, known: StateVector, until: StateVector): Run[] {
  const runs: Run[] = [];
  for (const [client, structs] of doc.store.clients) {
    const from = known.get(client) ?? 0;
    const end = until.get(client);
    if (from >= Math.min(Y.getState(doc.store, client), end ?? Infinity)) continue;
    const sent = end === undefined ? structs : structs.slice(0, Y.findIndexSS(structs, end - 1) + 1);
    runs.push({ client, structs: sent, next: Y.findIndexSS(structs, from) });
  }
  // Newest sessions first, as Yjs orders them itself; the order only has to be the same every time.
  return runs.sort((a, b) => b.client - a.client);
}

/** A session that a struct waits for; undefined where everything it refers to is sent. */
function missingOf(
  struct: Struct,
  sent: StateVector,
  depsOf: ReturnType<typeof createCausalDeps>,
): number | undefined {
  if (!(struct instanceof Y.Item)) return undefined;
  // A struct may refer to its own session's earlier writes, which are always before it.
  const parent = struct.parent instanceof Y.AbstractType ? (struct.parent._item?.id ?? null) : null;
  for (const id of [struct.origin, struct.rightOrigin, parent]) {
    if (id && id.clock >= (sent.get(id.client) ?? 0)) return id.client;
  }
  for (const [client, end] of depsOf(struct)) {
    if (end > (sent.get(client) ?? 0)) return client;
  }
  return undefined;
}

/** Of the mark that a struct switches, or empties, for an asker who knows so much. */
function switchedBytes(struct: Struct, marks: Y.Map<unknown>, known: StateVector): number {
  if (struct.deleted || !(struct instanceof Y.Item) || struct.parent !== marks) return 0;
  const { mark, isSwitch } = markOf(struct.parentSub!);
  const value = marks.get(mark);
  if (!(value instanceof Uint8Array)) return 0;
  if (!isEmptyMark(value)) return isSwitch ? value.length : 0;
  // Whoever lacks what was emptied gets it as deleted. How much it was is not known any more.
  const first = marks._map.get(mark)!.left;
  return first && first.id.clock < (known.get(first.id.client) ?? 0) ? LIMITS.markBytes.writes : 0;
}

/** Writes each struct over the one before: what it returns counts until the next call. Boards have very many. */
function createStructEncoder(): (struct: UpdateStruct, offset: number) => Uint8Array {
  const encoder = new Y.UpdateEncoderV1();
  const { restEncoder } = encoder;
  return (struct, offset) => {
    restEncoder.cpos = 0;
    restEncoder.bufs.length = 0;
    struct.write(encoder, Math.max(0, offset));
    const isWhole = restEncoder.bufs.length === 0;
    return isWhole ? restEncoder.cbuf.subarray(0, restEncoder.cpos) : encoding.toUint8Array(restEncoder);
  };
}

function encodeChunk(sections: ReadonlyMap<number, Section>, deletions: DeleteSet | undefined): Uint8Array {
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, sections.size);
    for (const [client, { start, count, structs }] of [...sections].sort(([a], [b]) => b - a)) {
      encoding.writeVarUint(encoder, count);
      encoding.writeVarUint(encoder, client);
      encoding.writeVarUint(encoder, start);
      encoding.writeBinaryEncoder(encoder, structs);
    }
    encoding.writeVarUint(encoder, deletions?.clients.size ?? 0);
    for (const [client, ranges] of [...(deletions?.clients ?? [])].sort(([a], [b]) => b - a)) {
      encoding.writeVarUint(encoder, client);
      encoding.writeVarUint(encoder, ranges.length);
      for (const { clock, len } of ranges) {
        encoding.writeVarUint(encoder, clock);
        encoding.writeVarUint(encoder, len);
      }
    }
  });
}

/** Ranges of deleted clocks, by session. */
export interface DeleteSet {
  readonly clients: ReadonlyMap<number, readonly { readonly clock: number; readonly len: number }[]>;
}

/** The deleted ranges below the asker's state: those whose deletion it may have missed. */
function knownDeletions(doc: Y.Doc, known: StateVector): DeleteSet[] {
  const sets: DeleteSet[] = [];
  let clients = new Map<number, { clock: number; len: number }[]>();
  let count = 0;
  for (const [client, ranges] of Y.createDeleteSetFromStructStore(doc.store).clients) {
    const end = known.get(client) ?? 0;
    for (const { clock, len } of ranges) {
      if (clock >= end) break;
      if (count === CHUNK_RANGES) {
        sets.push({ clients });
        clients = new Map();
        count = 0;
      }
      const clipped = { clock, len: Math.min(len, end - clock) };
      const list = clients.get(client);
      if (list) list.push(clipped);
      else clients.set(client, [clipped]);
      count++;
    }
  }
  if (count > 0) sets.push({ clients });
  return sets;
}
