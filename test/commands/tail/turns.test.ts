import { expect, it } from "vitest";
import { Turns } from "../../../src/commands/tail/turns.ts";

it("shows one answer after the other, also when one of them fails", async () => {
  const turns = new Turns();
  const shown: string[] = [];
  const answer = (name: string, fails: boolean) => async () => {
    for (const n of [1, 2, 3]) {
      await new Promise(setImmediate);
      shown.push(`${name}${n}`);
    }
    if (fails) throw new Error(name);
  };
  const results = await Promise.allSettled([
    turns.take(answer("a", true)),
    turns.take(answer("b", false)),
    turns.take(answer("c", false)),
  ]);
  expect(shown.join(" ")).toBe("a1 a2 a3 b1 b2 b3 c1 c2 c3");
  expect(results.map(({ status }) => status)).toEqual(["rejected", "fulfilled", "fulfilled"]);
});
