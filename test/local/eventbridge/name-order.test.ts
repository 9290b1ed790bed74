import fc from "fast-check";
import { expect, it } from "vitest";
import { NameOrder } from "../../../src/local/eventbridge/name-order.ts";

const name = fc.string({ unit: fc.constantFrom("a", "b", "-"), minLength: 1, maxLength: 3 });

it("gives what begins with a prefix and comes after a name, as sorting all of them would", () => {
  const steps = fc.array(fc.tuple(fc.boolean(), name), { maxLength: 30 });
  const prefix = fc.oneof(fc.constant(""), name);
  fc.assert(
    fc.property(steps, prefix, fc.option(name, { nil: undefined }), (done, begin, after) => {
      const order = new NameOrder();
      const plain = new Set<string>();
      for (const [isThere, each] of done) {
        order[isThere ? "add" : "delete"](each);
        plain[isThere ? "add" : "delete"](each);
      }
      const wanted = [...plain].filter((each) => each.startsWith(begin) && (after ?? "") < each).sort();
      expect([...order.beginning(begin, after)]).toEqual(wanted);
    }),
  );
});
