import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { startLocal } from "../../../src/local/start.ts";
import { runEvb } from "../../world.ts";
import { openGateway } from "../tail/gateway.ts";

const secrets = {
  AWS_ACCESS_KEY_ID: "AKIDNOBODYS",
  AWS_SECRET_ACCESS_KEY: "hush-hush",
  AWS_SESSION_TOKEN: "token-token",
};

describe("evb doctor", () => {
  it("says whose the credentials are, where calls go and why, and that nothing is missing", async () => {
    await using local = await startLocal();
    const env = {
      ...secrets,
      AWS_ENDPOINT_URL: local.url.replace("//", "//me:word@"),
      AWS_REGION: "eu-west-1",
    };
    const { code, out, err } = await runEvb(["doctor"], { env: { ...env, AWS_ENDPOINT_URL: local.url } });
    expect({ code, err }).toEqual({ code: 0, err: "evb: nothing is missing\n" });
    expect(out).toContain("region  eu-west-1  (AWS_REGION)");
    expect(out).toContain(`endpoint  ${local.url}  (AWS_ENDPOINT_URL)`);
    expect(out).toContain("keys  temporary keys  (AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY)");
    expect(out).toContain(
      `✓ identity  account ${local.account}, region eu-west-1, as arn:aws:iam::${local.account}:root`,
    );
    expect(out).toContain("✓ events:ListRules  for route, test, dlq ls, tail --rule");
    expect(out).toContain("· not tried, for put, replay --paced: events:PutEvents");
    for (const secret of Object.values(secrets)) expect(out + err).not.toContain(secret);
    const masked = await runEvb(["doctor", "--json"], { env });
    expect(masked.out).not.toContain("word");
  });

  it("names each permission that is missing, and goes on", async () => {
    await using local = await startLocal();
    const message =
      "User: arn:aws:iam::1:user/u is not authorized to perform: events:ListRules on resource: *";
    await using gateway = await openGateway(local.url, (operation) =>
      operation === "ListRules" || operation === "ListQueues"
        ? { code: "AccessDeniedException", message }
        : undefined,
    );
    const { code, out, err } = await runEvb(["doctor"], { env: { AWS_ENDPOINT_URL: gateway.url } });
    expect(code).toBe(1);
    expect(out).toMatch(/✗ events:ListRules {2}ListRules: User: .*\n {4}the caller needs events:ListRules/);
    expect(out).toContain("✓ events:ListArchives");
    expect(err).toBe("evb: missing: events:ListRules, sqs:ListQueues\n");
  });

  it("says that a bus does not exist, once", async () => {
    await using local = await startLocal();
    const { code, lines } = await runEvb(["doctor", "-b", "gone", "--local", "--json"], {
      env: { EVB_LOCAL_URL: local.url },
    });
    expect(code).toBe(1);
    const wrong = lines().filter(({ type, status }) => type === "finding" && status !== "ok");
    expect(wrong).toMatchObject([
      { check: "bus", detail: expect.stringContaining("event bus gone does not exist") },
    ]);
  });

  it("ends with 4 where nobody answers, and where there are no credentials", async () => {
    const silent = await runEvb(["doctor", "--local"], { env: { EVB_LOCAL_URL: "http://127.0.0.1:9" } });
    expect(silent).toMatchObject({ code: 4, err: "evb: AWS cannot be used\n" });
    expect(silent.out).toMatch(/✗ identity {2}no answer from 127\.0\.0\.1:9 \(/);
    const home = mkdtempSync(join(tmpdir(), "evb-doctor-"));
    const none = await runEvb(["doctor", "--profile", "nobody", "--region", "eu-west-1"], { env: {}, home });
    expect(none.code).toBe(4);
    expect(none.out).toMatch(/profile {2}nobody {2}\(--profile\)/);
    expect(none.out).toMatch(/✗ identity {2}.*(credentials|profile)/i);
  });
});
