/*
 * Hands a finished export on, in one of the ways out (ways.ts).
 */
import { writeContents } from "../selection/system-clipboard.ts";
import type { Made } from "./exporting.ts";
import type { Format, Way } from "./ways.ts";
import { nameOf } from "./ways.ts";

/**
 * - `handed`: to the system, which does not say whether it did anything with it.
 * - `copied`: for sure. `nothing`: there is nothing to say, since the person has seen what came of it.
 * - `again`: only within the handler of a press, which was too long ago.
 */
export type HandedOn = "handed" | "copied" | "nothing" | "again" | "failed";

export type Handing = (made: Made) => Promise<HandedOn>;

/** How long a file is there to be downloaded, in milliseconds. */
const DOWNLOAD_MS = 60_000;

export function handingOn(
  format: Format,
  show: (blob: Blob) => Promise<HandedOn>,
): Readonly<Record<Way, Handing>> {
  return {
    async save({ blob }) {
      const link = document.createElement("a");
      link.href = URL.createObjectURL(blob);
      link.download = nameOf(format);
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), DOWNLOAD_MS);
      return "handed";
    },
    async share({ blob }) {
      const files = [new File([blob], nameOf(format), { type: blob.type })];
      return outcome(() => navigator.share({ files }), "nothing");
    },
    async copy({ blob, text }) {
      if (format === "png") {
        return outcome(() => navigator.clipboard.write([new ClipboardItem({ [blob.type]: blob })]), "handed");
      }
      if (text === undefined) return "failed";
      return (await writeContents({ items: undefined, words: text, pictures: [] })) ? "copied" : "again";
    },
    show: ({ blob }) => show(blob),
  };
}

async function outcome(act: () => Promise<void>, done: HandedOn): Promise<HandedOn> {
  try {
    await act();
    return done;
  } catch (error) {
    const { name } = error as { readonly name?: string };
    return name === "AbortError" ? "nothing" : name === "NotAllowedError" ? "again" : "failed";
  }
}
