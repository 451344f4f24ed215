import { expect, it } from "vitest";
import { problemsOfSpixiUrl } from "../../src/package/spixi-url.ts";

const ID = "com.example.app";

it.each([
  "https://example.org/com.example.app.spixi",
  "https://apps.example.org:8443/a/b%20c/com.example.app.spixi",
])("an invitation can carry %s", (address) => {
  expect(problemsOfSpixiUrl(address, ID)).toEqual([]);
});

it.each([
  ["http://example.org/com.example.app.spixi", "is not https"],
  ["file:///com.example.app.spixi", "is not https"],
  ["example.org/com.example.app.spixi", "is no address"],
  ["", "is no address"],
  ["https://", "is no address"],
  ["https://me:secret@example.org/com.example.app.spixi", "a name or a password"],
  ["https://me@example.org/com.example.app.spixi", "a name or a password"],
  ["https://example.org/com.example.app.spixi?", "a query or a fragment"],
  ["https://example.org/com.example.app.spixi?v=2", "a query or a fragment"],
  ["https://example.org/com.example.app.spixi#top", "a query or a fragment"],
  ["https://example.org/?/com.example.app.spixi", "a query or a fragment"],
  ["https://example.org/", "does not end with /com.example.app.spixi"],
  ["https://example.org/app.spixi", "does not end with /com.example.app.spixi"],
  ["https://example.org/my-com.example.app.spixi", "does not end with /com.example.app.spixi"],
  ["https://example.org/com.example.app.zspixiapp", "does not end with /com.example.app.spixi"],
  ["https://example.org/a||b/com.example.app.spixi", "parts an invitation"],
  ["https://example.org/a b/com.example.app.spixi", "as https://example.org/a%20b/com.example.app.spixi"],
  ["https://Example.org/x/../com.example.app.spixi", "as https://example.org/com.example.app.spixi"],
  ["https://example.org/com.example.app.spixi\nname = other", "does not end with"],
  [" https://example.org/com.example.app.spixi", "as https://example.org/com.example.app.spixi"],
])("%j is no address for one", (address, message) => {
  expect(problemsOfSpixiUrl(address, ID).join(" ")).toContain(message);
});
