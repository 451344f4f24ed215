import { decodeBase64 } from "../../base/bytes.ts";

/** With more of them nobody waits for all. */
const MOST = 20;
const ADDRESS = /^data:(image\/[a-z0-9.+-]+);base64,/iu;

/** The pictures that HTML has in itself. Nothing in it is run, and what is elsewhere is not asked for. */
export function picturesInMarkup(html: string): readonly Blob[] {
  if (!html.includes("data:image/")) return [];
  const { body } = new DOMParser().parseFromString(html, "text/html");
  return [...body.querySelectorAll("img")].slice(0, MOST).flatMap((image) => pictureOf(image) ?? []);
}

/** Undefined: it is elsewhere. */
export function pictureOf(image: HTMLImageElement): Blob | undefined {
  const address = image.getAttribute("src") ?? "";
  const [head = "", type = ""] = ADDRESS.exec(address) ?? [];
  const bytes = head === "" ? undefined : decodeBase64(address.slice(head.length));
  return bytes && new Blob([bytes as BlobPart], { type });
}
