import {
  CreateRegistryCommand,
  CreateSchemaCommand,
  DeleteRegistryCommand,
  DeleteResourcePolicyCommand,
  DescribeRegistryCommand,
  GetResourcePolicyCommand,
  ListRegistriesCommand,
  ListTagsForResourceCommand,
  PutCodeBindingCommand,
  PutResourcePolicyCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateRegistryCommand,
} from "@aws-sdk/client-schemas";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Bench, openApi, openBench } from "./bench.ts";

let bench: Bench;
beforeEach(async () => {
  bench = await openBench();
});
afterEach(() => bench[Symbol.asyncDispose]());

const create = (RegistryName: string) => bench.schemas.send(new CreateRegistryCommand({ RegistryName }));
const arn = "arn:aws:schemas:us-east-1:111122223333:registry/shop";

describe("registries", () => {
  it("are made, described, changed and deleted", async () => {
    const made = await bench.schemas.send(
      new CreateRegistryCommand({ RegistryName: "shop", Description: "ours", Tags: { team: "web" } }),
    );
    expect(made).toMatchObject({
      $metadata: { httpStatusCode: 201 },
      RegistryName: "shop",
      RegistryArn: arn,
      Description: "ours",
      Tags: { team: "web" },
    });
    await bench.schemas.send(new UpdateRegistryCommand({ RegistryName: "shop", Description: "theirs" }));
    const described = await bench.schemas.send(new DescribeRegistryCommand({ RegistryName: "shop" }));
    expect(described).toMatchObject({ Description: "theirs", Tags: { team: "web" } });
    const deleted = await bench.schemas.send(new DeleteRegistryCommand({ RegistryName: "shop" }));
    expect(deleted.$metadata.httpStatusCode).toBe(204);
    await expect(
      bench.schemas.send(new DescribeRegistryCommand({ RegistryName: "shop" })),
    ).rejects.toMatchObject({
      name: "NotFoundException",
      Code: "NotFoundException",
      message: "Registry shop does not exist.",
      $metadata: { httpStatusCode: 404 },
    });
  });

  it("are listed by scope and prefix, page by page", async () => {
    for (const name of ["b", "a", "shop"]) await create(name);
    const names = async (input: object) =>
      (await bench.schemas.send(new ListRegistriesCommand(input))).Registries?.map(
        ({ RegistryName }) => RegistryName,
      );
    expect(await names({})).toEqual(["a", "aws.events", "b", "shop"]);
    expect(await names({ Scope: "AWS" })).toEqual(["aws.events"]);
    expect(await names({ Scope: "Local" })).toEqual(["a", "b", "shop"]);
    expect(await names({ RegistryNamePrefix: "sh" })).toEqual(["shop"]);
    const first = await bench.schemas.send(new ListRegistriesCommand({ Limit: 3 }));
    expect(first.Registries).toHaveLength(3);
    expect(await names({ NextToken: first.NextToken })).toEqual(["shop"]);
    await expect(names({ NextToken: "nonsense" })).rejects.toMatchObject({ name: "BadRequestException" });
  });

  it("refuse a second one of the name, a bad name, AWS's own and an eleventh", async () => {
    await create("shop");
    await expect(create("shop")).rejects.toMatchObject({
      name: "ConflictException",
      $metadata: { httpStatusCode: 409 },
    });
    await expect(create("a b")).rejects.toMatchObject({ name: "BadRequestException" });
    await expect(create("aws.mine")).rejects.toMatchObject({ name: "ForbiddenException" });
    for (let count = 1; count < 10; count++) await create(`r${count}`);
    await expect(create("eleventh")).rejects.toMatchObject({ name: "BadRequestException" });
  });

  it("are not deleted while there are schemas in them", async () => {
    await create("shop");
    const schema = { RegistryName: "shop", SchemaName: "s", Type: "OpenApi3", Content: openApi() } as const;
    await bench.schemas.send(new CreateSchemaCommand(schema));
    await expect(
      bench.schemas.send(new DeleteRegistryCommand({ RegistryName: "shop" })),
    ).rejects.toMatchObject({
      name: "BadRequestException",
    });
  });

  it("have tags", async () => {
    await create("shop");
    const tags = async () =>
      (await bench.schemas.send(new ListTagsForResourceCommand({ ResourceArn: arn }))).Tags;
    await bench.schemas.send(new TagResourceCommand({ ResourceArn: arn, Tags: { a: "1", b: "2", c: "3" } }));
    expect(await tags()).toEqual({ a: "1", b: "2", c: "3" });
    await bench.schemas.send(new UntagResourceCommand({ ResourceArn: arn, TagKeys: ["a", "c"] }));
    expect(await tags()).toEqual({ b: "2" });
    await expect(
      bench.schemas.send(new ListTagsForResourceCommand({ ResourceArn: `${arn}2` })),
    ).rejects.toMatchObject({ name: "NotFoundException" });
  });

  it("have a policy, guarded by its revision", async () => {
    await create("shop");
    const about = { RegistryName: "shop" };
    const Policy = JSON.stringify({ Version: "2012-10-17", Statement: [] });
    await expect(bench.schemas.send(new GetResourcePolicyCommand(about))).rejects.toMatchObject({
      name: "NotFoundException",
    });
    const { RevisionId } = await bench.schemas.send(new PutResourcePolicyCommand({ ...about, Policy }));
    const found = await bench.schemas.send(new GetResourcePolicyCommand(about));
    expect([String(found.Policy), found.RevisionId]).toEqual([Policy, RevisionId]);
    await expect(
      bench.schemas.send(new PutResourcePolicyCommand({ ...about, Policy, RevisionId: "other" })),
    ).rejects.toMatchObject({ name: "PreconditionFailedException", $metadata: { httpStatusCode: 412 } });
    await bench.schemas.send(new DeleteResourcePolicyCommand(about));
    await expect(bench.schemas.send(new GetResourcePolicyCommand(about))).rejects.toMatchObject({
      name: "NotFoundException",
    });
  });

  it("are forgotten by a reset", async () => {
    await create("shop");
    bench.local.reset();
    const { Registries } = await bench.schemas.send(new ListRegistriesCommand({}));
    expect(Registries?.map(({ RegistryName }) => RegistryName)).toEqual(["aws.events"]);
  });
});

describe("the wire", () => {
  it("has the error's code in header and body", async () => {
    const answer = await fetch(`${bench.local.url}/v1/registries/name/none`);
    expect([answer.status, answer.headers.get("x-amzn-errortype"), await answer.json()]).toEqual([
      404,
      "NotFoundException",
      { Code: "NotFoundException", Message: "Registry none does not exist." },
    ]);
  });

  it("refuses a body that is not JSON, and a label that is no text", async () => {
    const url = `${bench.local.url}/v1/registries/name`;
    const broken = await fetch(`${url}/a`, { method: "POST", body: "{" });
    expect([broken.status, broken.headers.get("x-amzn-errortype")]).toEqual([400, "SerializationException"]);
    expect((await fetch(`${url}/%ff`)).status).toBe(400);
  });

  it("can be made to fail, and says what is not emulated", async () => {
    bench.local.faults.add({
      operation: "ListRegistries",
      kind: "error",
      status: 503,
      code: "ServiceUnavailableException",
    });
    await expect(bench.schemas.send(new ListRegistriesCommand({}))).rejects.toMatchObject({
      name: "ServiceUnavailableException",
    });
    const binding = { RegistryName: "a", SchemaName: "b", Language: "Java8" };
    await expect(bench.schemas.send(new PutCodeBindingCommand(binding))).rejects.toThrow("ListRegistries");
  });
});
