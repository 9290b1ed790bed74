import { describe, expect, it } from "vitest";
import { parseTags, renderExpiry, renderTags } from "../../../src/core/tail/tags.ts";

const created = Date.parse("2026-11-23T19:53:12Z");

describe("tags", () => {
  it("say whose it is, since when and until when", () => {
    const tags = renderTags({ owner: "ana@ci", created, expires: created + 60_000 });
    expect(tags).toEqual({
      "evb:tool": "evb tail",
      "evb:owner": "ana@ci",
      "evb:created": "2026-11-23T19:53:12.000Z",
      "evb:expires": "2026-11-23T19:54:12.000Z",
    });
    expect(parseTags(tags)).toEqual({ owner: "ana@ci", created, expires: created + 60_000 });
  });

  it("never expire when they are kept", () => {
    const tags = { ...renderTags({ owner: "ana", created, expires: created }), ...renderExpiry(undefined) };
    expect(parseTags(tags)).toEqual({ owner: "ana", created, expires: undefined });
  });

  it("hold only characters that AWS takes in a tag", () => {
    const { "evb:owner": owner } = renderTags({ owner: 'a"b<c>\u{1f600}', created, expires: created });
    expect(owner).toMatch(/^[\p{L}\p{N} _.:/=+\-@]+$/u);
    expect(renderTags({ owner: "x".repeat(400), created, expires: created })["evb:owner"]).toHaveLength(256);
  });

  it.each([
    [{}],
    [{ "evb:tool": "something else", "evb:created": "2026-11-23T19:53:12Z", "evb:expires": "never" }],
    [{ "evb:tool": "evb tail", "evb:created": "soon", "evb:expires": "never" }],
    [{ "evb:tool": "evb tail", "evb:created": "2026-11-23T19:53:12Z" }],
  ])("are not ours: %j", (tags) => {
    expect(parseTags(tags)).toBeUndefined();
  });
});
