/** A command of the page to the host; all of the host's fields are texts. */
export type Command =
  /** To everybody: no recipient is ever named, since the host may throw on it. */
  | { readonly c: "ds"; readonly d: string }
  | { readonly c: "getStorage"; readonly t: string; readonly k: string; readonly id: string }
  | {
      readonly c: "setStorage";
      readonly t: string;
      readonly k: string;
      readonly v: string;
      readonly id: string;
    };

const NOT_PLAIN = /[>~\u007f-\uffff]/g;

const escapeCharacter = (character: string): string =>
  `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;

/**
 * The URL that hands `command` to the host.
 *
 * The host decodes it as a form value, where `+` means a space. Base64 makes a `+` of ASCII text
 * only out of `>` and `~`, so these are escaped in the JSON, like everything that is not ASCII.
 *
 * Engines ignore a navigation that is identical to the one still under way: `variant` gives a
 * different URL (a space in the JSON) for the same command.
 */
export function encodeCommand(command: Command, variant: boolean): string {
  const json = JSON.stringify(command).replace(NOT_PLAIN, escapeCharacter);
  return `xa:${btoa(variant ? `{ ${json.slice(1)}` : json)}`;
}
