/*
 * What a browser may be given of the other side of a direct connection, and how anything at all is written in its place.
 */
import * as encoding from "lib0/encoding";
import type { DirectEnd } from "../../src/env/direct-call.ts";
import { sdpOf } from "../../src/spixi/direct-sdp.ts";

/** Every line that a browser is ever given. */
const LINES = [
  /^v=0$/,
  /^o=- 1 1 IN IP4 0\.0\.0\.0$/,
  /^s=-$/,
  /^t=0 0$/,
  /^a=group:BUNDLE 0$/,
  /^m=audio 9 UDP\/TLS\/RTP\/SAVPF \d{2,3}$/,
  /^c=IN IP4 0\.0\.0\.0$/,
  /^a=(mid:0|sendrecv|rtcp-mux|setup:(actpass|active)|end-of-candidates)$/,
  /^a=ice-(ufrag|pwd):[A-Za-z0-9+/]{4,64}$/,
  /^a=fingerprint:sha-256 ([\dA-F]{2}:){31}[\dA-F]{2}$/,
  /^a=rtpmap:\d{2,3} opus\/48000\/2$/,
  /^a=fmtp:\d{2,3} useinbandfec=1;usedtx=1;maxaveragebitrate=24000$/,
  /^a=candidate:\d 1 udp \d+ ([\d.]+|[\da-f:]{39}|[\da-f-]{36}\.local) \d+ typ host$/,
  /^$/,
];

/** The lines of a description made of it that are none of those. */
export function unknownLines(end: DirectEnd): string[] {
  const lines = (["offer", "answer"] as const).flatMap((kind) =>
    sdpOf(end, kind, "0", end.payload).split("\r\n"),
  );
  return lines.filter((line) => !LINES.some((known) => known.test(line)));
}

/** As it is read, whatever an honest page leaves out. */
export function writeRawEnd(
  encoder: encoding.Encoder,
  { payload, user, password, fingerprint, places }: DirectEnd,
): void {
  encoding.writeUint8(encoder, payload);
  encoding.writeVarString(encoder, user);
  encoding.writeVarString(encoder, password);
  encoding.writeUint8Array(encoder, fingerprint);
  encoding.writeVarUint(encoder, places.length);
  for (const each of places) {
    encoding.writeUint8(encoder, each.kind === "name" ? 3 : each.address.length === 4 ? 1 : 2);
    encoding.writeUint8Array(encoder, each.address);
    encoding.writeUint16(encoder, each.port);
  }
}
