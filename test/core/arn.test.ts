import { describe, expect, it } from "vitest";
import { busArn, busNameOf, isBusV2Arn, parseArn, parseRuleArn, ruleArn } from "../../src/core/arn.ts";

const home = { partition: "aws-cn", region: "cn-north-1", account: "123456789012" };

describe("ARNs", () => {
  it("are taken apart", () => {
    expect(parseArn("arn:aws:sqs:eu-west-1:123456789012:q:with:colons")).toEqual({
      partition: "aws",
      service: "sqs",
      region: "eu-west-1",
      account: "123456789012",
      resource: "q:with:colons",
    });
    expect(parseArn("arn:aws:s3:::bucket")).toMatchObject({ region: "", account: "", resource: "bucket" });
  });

  it.each(["", "q", "arn:aws:sqs", "arn:aws:sqs:eu-west-1:12:q", "arn:gcp:sqs:eu-west-1:123456789012:q"])(
    "are not found in %j",
    (text) => expect(parseArn(text)).toBeUndefined(),
  );

  it("of rules name the bus unless it is the default one, both ways", () => {
    expect(ruleArn(home, "default", "r")).toBe("arn:aws-cn:events:cn-north-1:123456789012:rule/r");
    for (const bus of ["default", "shop", "aws.partner/x/y"])
      expect(parseRuleArn(ruleArn(home, bus, "r.1-_"))).toMatchObject({ bus, rule: "r.1-_" });
    expect(parseRuleArn(busArn(home, "shop"))).toBeUndefined();
  });

  it("stand for a bus's name", () => {
    expect(busNameOf(busArn(home, "shop"))).toBe("shop");
    expect(busNameOf("shop")).toBe("shop");
    expect(busNameOf(undefined)).toBe("default");
  });

  it("of the newer kind of bus are told apart", () => {
    expect(isBusV2Arn("arn:aws:events:us-east-1:123456789012:event-busv2/shop/abc")).toBe(true);
    expect(isBusV2Arn(busArn(home, "shop"))).toBe(false);
    expect(isBusV2Arn("shop")).toBe(false);
  });
});
