import { expect, it } from "vitest";
import { uuidFrom } from "../../src/local/ids.ts";

it("makes UUIDs of version 4, and uses every bit", () => {
  const ids = Array.from({ length: 1000 }, () => uuidFrom(Math.random));
  for (const id of ids)
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(new Set(ids).size).toBe(1000);
  expect(uuidFrom(() => 0)).toBe("00000000-0000-4000-8000-000000000000");
  expect(uuidFrom(() => 1 - 2 ** -33)).toBe("ffffffff-ffff-4fff-bfff-ffffffffffff");
});
