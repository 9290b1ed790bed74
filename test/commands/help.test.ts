import { describe, expect, it } from "vitest";
import { runEvb } from "../world.ts";

/** What a user reads is reviewed: a change of it shows in the snapshot. */
describe("--help", () => {
  it.each([
    [],
    ["put"],
    ["test-pattern"],
    ["dlq"],
    ["dlq", "ls"],
    ["dlq", "peek"],
    ["dlq", "drain"],
    ["dlq", "redrive"],
    ["dlq", "restore"],
    ["route"],
    ["test"],
    ["init"],
    ["transform"],
    ["tail"],
    ["gc"],
    ["replay"],
    ["replay", "ls"],
    ["replay", "start"],
    ["replay", "status"],
    ["replay", "cancel"],
    ["rules"],
    ["rules", "ls"],
    ["rules", "show"],
    ["rules", "lint"],
    ["rules", "export"],
    ["rules", "graph"],
    ["rules", "usages"],
    ["rules", "new-pattern"],
    ["schema"],
    ["schema", "ls"],
    ["schema", "search"],
    ["schema", "show"],
    ["schema", "generate"],
    ["template"],
    ["template", "ls"],
    ["template", "show"],
    ["template", "check"],
    ["local"],
    ["local", "apply"],
    ["local", "exec"],
    ["demo"],
    ["doctor"],
    ["completion"],
  ])("evb %s %s", async (...verb) => {
    const { code, out, err } = await runEvb([...verb, "--help"]);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toMatchSnapshot();
  });

  it("has examples first for every verb", async () => {
    for (const verb of [
      "put",
      "test-pattern",
      "route",
      "test",
      "init",
      "transform",
      "tail",
      "gc",
      "local",
      "demo",
    ]) {
      const { out } = await runEvb([verb, "-h"]);
      expect(out.indexOf("Examples:")).toBeGreaterThanOrEqual(0);
      expect(out.indexOf("Examples:")).toBeLessThan(out.indexOf("Usage:"));
    }
  });

  it("and --version work behind a verb too", async () => {
    expect((await runEvb(["put", "order-placed", "--version"])).out).toMatch(/^\d+\.\d+\.\d+\n$/);
    expect((await runEvb(["put", "order-placed", "--help"])).out).toContain("Usage: evb put");
  });

  it("is content with a reader who has seen enough", async () => {
    expect(await runEvb(["put", "--help"], { closeAfter: 10 })).toMatchObject({ code: 0, err: "" });
  });
});
