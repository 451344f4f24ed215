/*
 * What one side of a direct call has to know of the other, out of the browser's own description and into one for the
 * browser: a call with Opus and nothing else, mono, with what makes up for lost packets in each next one, and hardly
 * anything while it is silent. Nothing of a contact stands in it but numbers, and words that were looked at letter by
 * letter (sync/wire/direct-codec.ts).
 */
import type { DirectEnd, DirectPlace } from "../env/direct-call.ts";

const BITRATE = 24_000;
/** Of RFC 8445, for addresses of the device itself: any that falls does. */
const PRIORITY = 2_113_937_151;
const PRIORITY_STEP = 256;

/** What the browser's own description says; undefined: not all that is needed. */
export function endOf(sdp: string): DirectEnd | undefined {
  const [user, password] = [valueOf(sdp, "ice-ufrag"), valueOf(sdp, "ice-pwd")];
  const fingerprint = valueOf(sdp, "fingerprint", "sha-256 ");
  const payload = /^a=rtpmap:(\d+) opus\/48000/im.exec(sdp)?.[1];
  if (!user || !password || !fingerprint || payload === undefined) return undefined;
  const found = sdp.matchAll(/^a=candidate:\S+ 1 udp \d+ (\S+) (\d+) typ host/gim);
  return {
    user,
    password,
    fingerprint: Uint8Array.from(fingerprint.split(":"), (each) => Number.parseInt(each, 16)),
    payload: Number(payload),
    places: Array.from(found, ([, address, port]) => placeOf(address!, Number(port))).filter(isPlace),
  };
}

/** Which of the parts of a call the browser's own description is about. */
export function partOf(sdp: string): string {
  return valueOf(sdp, "mid") ?? "0";
}

function valueOf(sdp: string, name: string, before = ""): string | undefined {
  return new RegExp(`^a=${name}:${before}(\\S+)`, "im").exec(sdp)?.[1];
}

function isPlace(place: DirectPlace | undefined): place is DirectPlace {
  return place !== undefined;
}

function placeOf(address: string, port: number): DirectPlace | undefined {
  const uuid = /^([\da-f-]{36})\.local$/i.exec(address)?.[1];
  if (uuid !== undefined) return { kind: "name", address: bytesOf(uuid.replaceAll("-", "")), port };
  const parts = address.split(".");
  if (parts.length === 4) return { kind: "ip", address: Uint8Array.from(parts, Number), port };
  const [left = [], right = []] = address.split("::").map((half) => half.split(":").filter(Boolean));
  if (!/^[\da-f:]+$/i.test(address) || left.length + right.length > 8) return undefined;
  const between = Array.from({ length: 8 - left.length - right.length }, () => "0");
  const groups = [...left, ...between, ...right].map((group) => group.padStart(4, "0"));
  return { kind: "ip", address: bytesOf(groups.join("")), port };
}

function bytesOf(hex: string): Uint8Array {
  return Uint8Array.from(hex.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16));
}

function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function textOf({ kind, address }: DirectPlace): string {
  const hex = hexOf(address);
  if (kind === "name") return `${hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-")}.local`;
  return address.length === 4 ? address.join(".") : hex.match(/.{4}/g)!.join(":");
}

/** The other side's description, as the browser has it. */
export function sdpOf(end: DirectEnd, kind: "offer" | "answer", part: string, payload: number): string {
  return [
    "v=0",
    "o=- 1 1 IN IP4 0.0.0.0",
    "s=-",
    "t=0 0",
    `a=group:BUNDLE ${part}`,
    `m=audio 9 UDP/TLS/RTP/SAVPF ${payload}`,
    "c=IN IP4 0.0.0.0",
    `a=mid:${part}`,
    "a=sendrecv",
    "a=rtcp-mux",
    `a=ice-ufrag:${end.user}`,
    `a=ice-pwd:${end.password}`,
    `a=fingerprint:sha-256 ${hexOf(end.fingerprint).toUpperCase().match(/../g)!.join(":")}`,
    `a=setup:${kind === "offer" ? "actpass" : "active"}`,
    `a=rtpmap:${payload} opus/48000/2`,
    `a=fmtp:${payload} useinbandfec=1;usedtx=1;maxaveragebitrate=${BITRATE}`,
    ...end.places.map(
      (place, i) =>
        `a=candidate:${i} 1 udp ${PRIORITY - i * PRIORITY_STEP} ${textOf(place)} ${place.port} typ host`,
    ),
    "a=end-of-candidates",
    "",
  ].join("\r\n");
}
