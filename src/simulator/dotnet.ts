/*
 * What the host's .NET runtime makes of a page's text, faults included.
 */

const utf8 = new TextDecoder();
const ESCAPE = /%([0-9a-f]{2})/gi;
const WHITE_SPACE = /[ \t\r\n]/g;
const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;

/** `HttpUtility.UrlDecode`: a form value, so `+` is a space; a malformed escape stays as it is. */
export function decodeFormValue(text: string): string {
  const spaced = text.includes("+") ? text.replaceAll("+", " ") : text;
  if (!spaced.includes("%")) return spaced;
  // Runs of escapes are the bytes of UTF-8 text.
  return spaced.replace(/(?:%[0-9a-f]{2})+/gi, (run) =>
    utf8.decode(Uint8Array.from(run.matchAll(ESCAPE), (match) => Number.parseInt(match[1]!, 16))),
  );
}

/** `Convert.FromBase64String`: white space is ignored, padding is needed, unused bits are not looked at. */
export function fromBase64String(text: string): Uint8Array | undefined {
  const digits = text.replace(WHITE_SPACE, "");
  if (digits.length % 4 !== 0 || !BASE64.test(digits)) return undefined;
  const binary = atob(digits);
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i);
  return bytes;
}

/** A command of the page, after decoding. */
export type HostCommand =
  | {
      readonly c: "ds";
      readonly text: string;
      readonly recipient: string | undefined;
      readonly protocol: string | undefined;
    }
  | { readonly c: "getStorage"; readonly table: string; readonly key: string; readonly id: string }
  | {
      readonly c: "setStorage";
      readonly table: string;
      readonly key: string;
      /** Undefined where it is missing, null or no base64. */
      readonly value: Uint8Array | undefined;
      readonly id: string;
    }
  | {
      /** None of these: the messenger may know it or not. */
      readonly c: "other";
      readonly name: string;
      /** All that came with it, as JSON. */
      readonly fields: string;
      readonly id: string | undefined;
    };

export type DecodedCommand =
  | { readonly ok: true; readonly command: HostCommand }
  | { readonly ok: false; readonly why: string };

/** A JSON value where the host declares a string: numbers are taken as text. */
const textOf = (value: unknown): string | undefined =>
  typeof value === "string" ? value : typeof value === "number" ? String(value) : undefined;

/** The command in the part of a decoded URL after `xa:`. */
export function decodeCommand(base64: string): DecodedCommand {
  const bytes = fromBase64String(base64);
  if (!bytes) return { ok: false, why: "not base64" };
  let json: unknown;
  try {
    json = JSON.parse(utf8.decode(bytes));
  } catch {
    return { ok: false, why: "not JSON" };
  }
  if (typeof json !== "object" || json === null) return { ok: false, why: "not an object" };
  const fields = json as Record<string, unknown>;
  if (fields["c"] === "ds") {
    const text = textOf(fields["d"]);
    if (text === undefined) return { ok: false, why: "ds without data" };
    return {
      ok: true,
      command: { c: "ds", text, recipient: textOf(fields["r"]), protocol: textOf(fields["pid"]) },
    };
  }
  if (fields["c"] !== "getStorage" && fields["c"] !== "setStorage") return decodeOther(fields);
  const table = textOf(fields["t"]);
  const key = textOf(fields["k"]);
  const id = textOf(fields["id"]);
  if (table === undefined || key === undefined || id === undefined) {
    return { ok: false, why: "storage command without table, key or id" };
  }
  if (fields["c"] === "getStorage") return { ok: true, command: { c: "getStorage", table, key, id } };
  const value = textOf(fields["v"]);
  return {
    ok: true,
    command: {
      c: "setStorage",
      table,
      key,
      id,
      value: value === undefined ? undefined : fromBase64String(value),
    },
  };
}

function decodeOther({ c, ...fields }: Record<string, unknown>): DecodedCommand {
  const name = textOf(c);
  if (name === undefined) return { ok: false, why: "no command" };
  return {
    ok: true,
    command: { c: "other", name, fields: JSON.stringify(fields), id: textOf(fields["id"]) },
  };
}
