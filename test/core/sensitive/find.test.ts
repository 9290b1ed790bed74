import { describe, expect, it } from "vitest";
import { findSensitive } from "../../../src/core/sensitive/find.ts";

/** Made up here, and in pieces, so that nobody's scanner takes this file for a leak. */
const some = (beginning: string, length: number) =>
  beginning + "a1B2c3D4e5".repeat(6).slice(0, length - beginning.length);
const kinds = (detail: object) => findSensitive(detail).map(({ path, kind }) => `${path}: ${kind}`);

describe("what looks sensitive", () => {
  it.each([
    ["4111111111111111", "a card number"],
    ["card 4111 1111 1111 1111, thanks", "a card number"],
    ["3782-822463-10005", "a card number"],
    [5555555555554444, "a card number"],
    [`AKIA${"ABCDEFGHIJ234567"}`, "an AWS access key"],
    [`-----BEGIN RSA ${"PRIVATE"} KEY-----\nMIIE`, "a private key"],
    [`-----BEGIN ${"PRIVATE"} KEY-----`, "a private key"],
    [`${some("eyJ", 20)}.${some("eyJ", 30)}.${some("s", 30)}`, "a token (JWT)"],
    [some("ghp_", 40), "a GitHub token"],
    [some("glpat-", 26), "a GitLab token"],
    [some("xoxb-1234-", 30), "a Slack token"],
    [some("sk_live_", 32), "a Stripe key"],
    [some("AIza", 39), "a Google API key"],
    [some("npm_", 40), "an npm token"],
    [some("sk-", 51), "an API key"],
    [`Authorization: Bearer ${some("", 30)}`, "a token (Bearer)"],
    ["postgres://app:hunter22@db.internal/orders", "a password in a URL"],
    ["Ana <ana.b+shop@mail.example.com>", "an e-mail address"],
  ])("%j", (value, kind) => {
    expect(kinds({ a: [{ "b.c": value }] })).toEqual([`detail.a[0]["b.c"]: ${kind}`]);
  });

  it.each([
    ["a wrong check digit", "4111111111111112"],
    ["a number of no network", "1234567812345670"],
    ["a number inside a longer one", "94111111111111111"],
    ["a card's digits inside a name", "order-4111111111111111"],
    ["an amount", 411.1111111111111],
    ["an id", "550e8400-e29b-41d4-a716-446655440000"],
    ["a ULID", "01ARZ3NDEKTSV4RRFFQ69G5FAV"],
    ["milliseconds", 1764028800000],
    ["an ARN", "arn:aws:sqs:eu-west-1:123456789012:orders"],
    ["a URL with a port", "https://shop.example.com:8443/a@b"],
    ["words", "send it @ noon"],
    ["nothing", null],
  ])("is not %s", (_what, value) => {
    expect(kinds({ value })).toEqual([]);
  });

  it.each(["password", "db_password", "apiKey", "api-key", "clientSecret", "accessToken", "token", "cvv"])(
    "is told by the name %s",
    (name) => {
      expect(kinds({ [name]: "hunter22" })).toEqual([
        expect.stringMatching(/^detail.*: a secret, by its name$/),
      ]);
      expect(kinds({ [name]: true, x: { [name]: "****" }, y: { [name]: "" } })).toEqual([]);
    },
  );

  it.each(["tokenCount", "nextToken", "secretName", "passwordChangedAt", "keyId"])(
    "is not told by %s",
    (name) => {
      expect(kinds({ [name]: "abcdefgh" })).toEqual([]);
    },
  );
});
