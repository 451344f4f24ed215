import { describe, expect, test } from "vitest";
import { endOf, partOf, sdpOf } from "../../src/spixi/direct-sdp.ts";

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");

/** As Chromium says it, and with an address of each kind. */
const OWN = [
  "v=0",
  "o=- 2449324683036482683 2 IN IP4 127.0.0.1",
  "m=audio 9 UDP/TLS/RTP/SAVPF 109 63",
  "a=ice-ufrag:iyo7",
  "a=ice-pwd:vwVvrY2eRK0V5p/nMDKKFUob",
  "a=ice-options:trickle",
  `a=fingerprint:sha-256 ${Array.from({ length: 32 }, (_, i) => (i + 200).toString(16).toUpperCase().slice(-2)).join(":")}`,
  "a=setup:actpass",
  "a=mid:audio0",
  "a=rtpmap:109 opus/48000/2",
  "a=rtpmap:63 red/48000/2",
  "a=candidate:1 1 udp 2113937151 15c2f54b-0110-4097-964e-439883b98e56.local 49709 typ host generation 0",
  "a=candidate:2 1 UDP 2122260223 192.168.1.20 51234 typ host generation 0 network-id 1",
  "a=candidate:3 1 udp 2122262783 2001:db8::1:0:ab 51235 typ host generation 0",
  "a=candidate:4 1 udp 2122262783 fd00:1:2:3:4:5:6:7 51236 typ host generation 0",
  "a=candidate:5 1 tcp 1518280447 192.168.1.20 9 typ host tcptype active",
  "a=candidate:6 2 udp 2122260222 192.168.1.20 51237 typ host",
  "a=candidate:7 1 udp 1677729535 203.0.113.5 51238 typ srflx raddr 0.0.0.0 rport 0",
  "a=candidate:8 1 udp 2122262783 not-an-address 51239 typ host",
  "",
].join("\r\n");

describe("[S22] the browser's own description", () => {
  test("says all that the other side needs, and nothing more", () => {
    const end = endOf(OWN)!;
    expect(end).toMatchObject({ user: "iyo7", password: "vwVvrY2eRK0V5p/nMDKKFUob", payload: 109 });
    expect([...end.fingerprint]).toEqual(Array.from({ length: 32 }, (_, i) => (i + 200) % 256));
    expect(end.places.map(({ kind, address, port }) => `${kind} ${hex(address)} ${port}`)).toEqual([
      "name 15c2f54b01104097964e439883b98e56 49709",
      "ip c0a80114 51234",
      "ip 20010db80000000000000001000000ab 51235",
      "ip fd000001000200030004000500060007 51236",
    ]);
    expect(partOf(OWN)).toBe("audio0");
  });

  test("that lacks something is none", () => {
    for (const lacking of ["ice-ufrag", "ice-pwd", "fingerprint", "rtpmap:109"])
      expect(endOf(OWN.replace(`a=${lacking}`, "a=x"))).toBeUndefined();
    expect(endOf("")).toBeUndefined();
  });

  test("becomes the other side's, which says the same", () => {
    const end = endOf(OWN)!;
    const sdp = sdpOf(end, "answer", "audio0", end.payload);
    expect(endOf(sdp)).toEqual(end);
    expect(sdp).toContain("192.168.1.20 51234 typ host");
    expect(sdp).toContain("15c2f54b-0110-4097-964e-439883b98e56.local 49709");
    expect(sdp).toContain("2001:0db8:0000:0000:0000:0001:0000:00ab 51235");
    expect(sdp).toMatch(/a=setup:active\r\n/);
  });
});
