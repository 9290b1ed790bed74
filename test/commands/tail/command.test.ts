import { describe, expect, it } from "vitest";
import { type TailOptions, tailCommand } from "../../../src/commands/tail/command.ts";

/** The options that argv ends in. */
async function parse(...argv: string[]): Promise<TailOptions> {
  let seen: TailOptions | undefined;
  await tailCommand(async (options) => {
    seen = options;
  }).parseAsync(argv, { from: "user" });
  return seen!;
}

const plain = {
  bus: "default",
  pattern: undefined,
  sources: [],
  detailTypes: [],
  rules: [],
  targets: [],
  canary: false,
  kmsKey: undefined,
  max: undefined,
  timeout: undefined,
  filter: undefined,
  select: undefined,
  summary: undefined,
  save: undefined,
  keep: false,
  handler: undefined,
};
const handler = { maxAttempts: 5, timeout: 30_000, concurrency: 4, failed: undefined };

describe("the flags of evb tail", () => {
  it.each<[string[], Partial<TailOptions>]>([
    [[], {}],
    [["-b", "orders", "-p", "p.json"], { bus: "orders", pattern: "p.json" }],
    [
      ["--source", "a", "--source", "b", "--detail-type", "X Y"],
      { sources: ["a", "b"], detailTypes: ["X Y"] },
    ],
    [["--rule", "r", "--rule", "s", "--target", "t"], { rules: ["r", "s"], targets: ["t"] }],
    [["--canary", "--kms-key", "alias/mine"], { canary: true, kmsKey: "alias/mine" }],
    [
      ["--summary"],
      {
        summary: [
          { name: "source", path: ["source"] },
          { name: "detail-type", path: ["detail-type"] },
        ],
      },
    ],
    [
      ["--group-by", "rule, detail.a"],
      {
        summary: [
          { name: "rule", path: undefined },
          { name: "detail.a", path: ["detail", "a"] },
        ],
      },
    ],
    [["--max", "3", "--timeout", "1m30s"], { max: 3, timeout: 90_000 }],
    [["--select", "$.detail.items[0].sku"], { select: ["detail", "items", 0, "sku"] }],
    [["--save", "f", "--keep", "--filter", "{}"], { save: "f", keep: true, filter: "{}" }],
    [["--exec", "jq ."], { handler: { kind: "exec", to: "jq .", ...handler } }],
    [
      [
        "--forward-to",
        "http://x",
        "--max-attempts",
        "1",
        "--handler-timeout",
        "2s",
        "--concurrency",
        "9",
        "--failed",
        "f",
      ],
      {
        handler: {
          kind: "forward",
          to: "http://x",
          maxAttempts: 1,
          timeout: 2000,
          concurrency: 9,
          failed: "f",
        },
      },
    ],
  ])("%j", async (argv, options) => {
    expect(await parse(...argv)).toEqual({ ...plain, ...options });
  });
});
