import { expect, it } from "vitest";
import { windableClock } from "../../../src/local/clock.ts";
import { Message } from "../../../src/local/sqs/message.ts";
import { Queue } from "../../../src/local/sqs/queue.ts";

function open() {
  const clock = windableClock(0);
  const origin = { name: "q", arn: "a", url: "u", fifo: false, serial: 1, clock, deadLetter: () => false };
  const queue = new Queue(origin, {});
  let sent = 0;
  const send = (group: string | undefined, count: number) => {
    for (let n = 0; n < count; n++) {
      const content = { body: group ?? "none", ...(group !== undefined && { groupId: group }) };
      queue.add(new Message({ id: `${sent++}`, content, sentAt: 0, enqueuedAt: 0 }), 0);
    }
  };
  const receive = (max: number, seconds = 30) => queue.receive(max, seconds * 1000);
  return {
    clock,
    queue,
    send,
    receive,
    bodies: (max: number) => receive(max).map(({ content }) => content.body),
  };
}

it("a group that holds up more than its share of a standard queue waits for the others", () => {
  const { queue, send, receive, bodies } = open();
  send("loud", 30);
  send("soft", 2);
  send(undefined, 1);
  const held = receive(10);
  expect(held.every(({ content }) => content.groupId === "loud")).toBe(true);
  expect(bodies(5)).toEqual(["soft", "soft", "none", "loud", "loud"]);
  // Once it has let go, age counts again.
  for (const message of held) queue.remove(message);
  send("soft", 1);
  expect(bodies(2)).toEqual(["loud", "loud"]);
  expect(queue.counts()).toEqual({ delayed: 0, visible: 17, inFlight: 7 });
});

it("one whose messages come back after their timeout is loud no longer", async () => {
  const { clock, send, receive, bodies } = open();
  send("loud", 12);
  receive(10, 5);
  send("soft", 2);
  expect(bodies(1)).toEqual(["soft"]);
  await clock.advance(5000);
  expect(bodies(4)).toEqual(["loud", "loud", "soft", "loud"]);
});

it("without groups, and with few in flight, the oldest comes first", () => {
  const { send, receive, bodies } = open();
  send(undefined, 20);
  send("soft", 1);
  receive(15);
  expect(bodies(6)).toEqual([...Array<string>(5).fill("none"), "soft"]);
  const few = open();
  few.send("loud", 12);
  few.send("soft", 1);
  few.receive(8);
  expect(few.bodies(4)).toEqual(["loud", "loud", "soft", "loud"]);
});
