import fc from "fast-check";
import { expect, it } from "vitest";
import { windableClock } from "../../../src/local/clock.ts";
import { contentBytes, openEvent } from "../../../src/local/eventbridge/event.ts";
import { utf8Of } from "../../../src/local/eventbridge/utf8.ts";

const anyText = fc.string({ unit: "binary" });
const startMs = Date.UTC(2026, 10, 23, 19, 0, 0, 999);

it("is the JSON that its parts make, whatever is in them, and counts their bytes", () => {
  const parts = { source: anyText, detailType: anyText, resources: fc.array(anyText), region: anyText };
  const detail = fc.json({ maxDepth: 2 });
  fc.assert(
    fc.property(fc.record(parts), detail, ({ source, detailType, resources, region }, json) => {
      const clock = windableClock(startMs);
      const site = { account: "000000000000", region, clock, random: Math.random };
      const content = { source, detailType, resources, detail: json };
      const event = openEvent(site as never, { ...content, time: undefined });
      const whole = {
        version: "0",
        id: event.id,
        "detail-type": detailType,
        source,
        account: "000000000000",
        time: "2026-11-23T19:00:00Z",
        region,
        resources,
        detail: JSON.parse(json),
      };
      expect(event.text).toBe(JSON.stringify(whole));
      expect(Buffer.from(utf8Of(event.text))).toEqual(Buffer.from(event.text));
      const bytes = [source, detailType, json, ...resources].map((text) => Buffer.byteLength(text));
      expect(contentBytes(content)).toBe(bytes.reduce((sum, each) => sum + each));
    }),
    { numRuns: 40 },
  );
});
