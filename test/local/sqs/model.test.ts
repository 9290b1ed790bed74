import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { windableClock } from "../../../src/local/clock.ts";
import { Message } from "../../../src/local/sqs/message.ts";
import { Queue } from "../../../src/local/sqs/queue.ts";

/** Seconds; groups only matter to the FIFO queue. */
const step = fc.oneof(
  fc.record({ do: fc.constant("send" as const), group: fc.nat(2), delay: fc.constantFrom(0, 0, 5) }),
  fc.record({ do: fc.constant("receive" as const), max: fc.integer({ min: 1, max: 4 }) }),
  fc.record({ do: fc.constant("delete" as const), pick: fc.nat() }),
  fc.record({ do: fc.constant("change" as const), pick: fc.nat(), seconds: fc.constantFrom(0, 3, 50) }),
  fc.record({ do: fc.constant("advance" as const), seconds: fc.constantFrom(1, 10, 40) }),
);

/** What the queue should know of a message: when it can be seen, and until when it lives. */
interface Known {
  readonly message: Message;
  visibleAt: number;
  taken: boolean;
  readonly expiresAt: number;
}

const retention = 60_000;

describe.each([false, true])("a queue, FIFO: %s", (fifo) => {
  it("does what a list that is searched each time would do", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
        const clock = windableClock(0);
        const queue = new Queue(
          { name: "q", arn: "a", url: "u", fifo, serial: 1, clock, deadLetter: () => false },
          { MessageRetentionPeriod: String(retention / 1000), VisibilityTimeout: "20" },
        );
        const known: Known[] = [];
        let sent = 0;
        const alive = () => known.filter(({ expiresAt }) => expiresAt > clock.now());
        const isHidden = ({ visibleAt }: Known) => visibleAt > clock.now();
        const isInFlight = (each: Known) => isHidden(each) && each.taken;
        const drop = (each: Known) => known.splice(known.indexOf(each), 1);
        for (const each of steps) {
          if (each.do === "advance") await clock.advance(each.seconds * 1000);
          if (each.do === "send") {
            const content = { body: "b", groupId: `${each.group}` };
            const now = clock.now();
            const message = new Message({
              id: `${sent++}`,
              content,
              sentAt: now,
              enqueuedAt: now,
            });
            queue.add(message, each.delay * 1000);
            known.push({
              message,
              visibleAt: now + each.delay * 1000,
              taken: false,
              expiresAt: now + retention,
            });
          }
          if (each.do === "receive") {
            const taken = queue.receive(each.max, 20_000);
            const mayBeTaken = alive().filter((one) => {
              if (isHidden(one)) return false;
              if (!fifo) return true;
              const group = alive().filter(
                ({ message }) => message.content.groupId === one.message.content.groupId,
              );
              return !group.some(isInFlight) && !group.slice(0, group.indexOf(one)).some(isHidden);
            });
            expect(taken.length).toBe(Math.min(each.max, mayBeTaken.length));
            for (const message of taken) expect(mayBeTaken.some((one) => one.message === message)).toBe(true);
            if (fifo)
              for (const group of new Set(taken.map(({ content }) => content.groupId))) {
                const ofGroup = (one: { content: { groupId?: string | undefined } }) =>
                  one.content.groupId === group;
                const wanted = mayBeTaken.map(({ message }) => message).filter(ofGroup);
                const got = taken.filter(ofGroup);
                expect(got).toEqual(wanted.slice(0, got.length));
              }
            for (const one of alive())
              if (taken.includes(one.message))
                Object.assign(one, { visibleAt: clock.now() + 20_000, taken: true });
          }
          const held = alive().filter(isInFlight);
          const picked = "pick" in each && held.length > 0 ? held[each.pick % held.length] : undefined;
          if (picked !== undefined && each.do === "delete") {
            queue.remove(queue.find(picked.message.id)!);
            drop(picked);
          }
          if (picked !== undefined && each.do === "change") {
            queue.setVisibility(queue.find(picked.message.id)!, each.seconds * 1000);
            picked.visibleAt = clock.now() + each.seconds * 1000;
          }
          const hidden = alive().filter(isHidden);
          expect(queue.counts()).toEqual({
            visible: alive().length - hidden.length,
            inFlight: hidden.filter(({ taken }) => taken).length,
            delayed: hidden.filter(({ taken }) => !taken).length,
          });
        }
      }),
      { numRuns: 200 },
    );
  });
});
