import { describe, expect, it } from "vitest";
import { openEmulator, order } from "./emulator.ts";

describe("a matching event", () => {
  it("reaches every target of every rule that matches, with one id", async () => {
    await using aws = await openEmulator();
    const [one, two] = [await aws.queue("one"), await aws.queue("two")];
    await aws.rule("a", { source: ["shop"] }, [{ Arn: one.arn }, { Arn: two.arn }]);
    await aws.rule("b", { detail: { total: [{ numeric: [">", 10] }] } }, [{ Arn: one.arn }]);
    await aws.rule("c", { source: ["bank"] }, [{ Arn: two.arn }]);
    const [id] = await aws.put(order);
    expect(await aws.bodies(one.url)).toMatchObject([{ id }, { id }]);
    expect(await aws.bodies(two.url)).toMatchObject([{ id }]);
    expect(aws.local.deliveries()).toMatchObject([
      { eventId: id, targetId: "t1", status: "delivered", attempts: 1 },
      { eventId: id, targetId: "t2", status: "delivered", attempts: 1 },
      { eventId: id, targetId: "t1", status: "delivered", attempts: 1 },
    ]);
  });

  it("is transformed for each target, and not delivered at all when the result is no JSON", async () => {
    await using aws = await openEmulator();
    const queue = await aws.queue("q");
    const other = await aws.queue("other");
    const InputPathsMap = { detail: "$.detail" };
    await aws.rule("r", { source: ["shop"] }, [
      { Arn: queue.arn, InputTransformer: { InputPathsMap, InputTemplate: '{"order": <detail>}' } },
      { Arn: queue.arn, InputPath: "$.detail.id" },
      { Arn: queue.arn, Input: '{"fixed": true}' },
      { Arn: other.arn, InputTransformer: { InputPathsMap, InputTemplate: '{"order": "<detail>"}' } },
    ]);
    await aws.put(order);
    const bodies = (await aws.drain(queue.url)).map(({ Body }) => Body);
    expect(bodies).toEqual(['{"order":{"id":"o-1","total":12.5}}', '"o-1"', '{"fixed": true}']);
    expect(await aws.drain(other.url)).toEqual([]);
    expect(aws.local.deliveries().at(-1)).toMatchObject({ targetId: "t4", status: "skipped", attempts: 0 });
    expect(aws.log.at(-1)).toMatch(/is not delivered to target t4 .*no JSON/);
  });

  it("goes to a FIFO queue in its group, and once where its content was there before", async () => {
    await using aws = await openEmulator();
    const queue = await aws.queue("q.fifo", { FifoQueue: "true", ContentBasedDeduplication: "true" });
    const SqsParameters = { MessageGroupId: "orders" };
    await aws.rule("r", { source: ["shop"] }, [{ Arn: queue.arn, SqsParameters, InputPath: "$.detail" }]);
    await aws.put(order, order);
    const messages = await aws.drain(queue.url);
    expect(messages).toHaveLength(1);
    expect(messages[0]!.Attributes).toMatchObject({ MessageGroupId: "orders" });
  });

  it("goes to a standard queue in a group, which makes the queue fair", async () => {
    await using aws = await openEmulator();
    const queue = await aws.queue("q");
    await aws.rule("r", { source: ["shop"] }, [
      { Arn: queue.arn, SqsParameters: { MessageGroupId: "tenant-1" } },
    ]);
    await aws.put(order);
    expect((await aws.drain(queue.url))[0]!.Attributes).toMatchObject({ MessageGroupId: "tenant-1" });
  });

  it("matches nothing after a reset", async () => {
    await using aws = await openEmulator();
    const queue = await aws.queue("q");
    await aws.rule("r", { source: ["shop"] }, [{ Arn: queue.arn }]);
    aws.local.reset();
    await aws.put(order);
    expect(aws.local.deliveries()).toEqual([]);
  });
});
