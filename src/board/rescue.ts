import * as Y from "yjs";
import { END } from "../ink/codec.ts";
import { LOCAL_ORIGIN, rootsOf } from "./document.ts";

/** The texts of the strokes that a session began at the clock `from` or later. */
export function inkOf({ store }: Y.Doc, client: number, from: number): string[] {
  const texts: string[] = [];
  for (const struct of store.clients.get(client) ?? []) {
    if (!(struct instanceof Y.Item) || struct.id.clock < from) continue;
    const { content } = struct;
    if (content instanceof Y.ContentType && content.type instanceof Y.Text) texts.push(content.type.toJSON());
  }
  return texts;
}

/** Draws strokes once more, as this session's; what was under the pen has ended. */
export function drawInk(doc: Y.Doc, texts: readonly string[]): void {
  if (texts.length === 0) return;
  const whole = texts.map((text) => new Y.Text(text.endsWith(END) ? text : text + END));
  doc.transact(() => rootsOf(doc).items.push(whole), LOCAL_ORIGIN);
}
