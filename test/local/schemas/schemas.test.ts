import {
  CreateRegistryCommand,
  CreateSchemaCommand,
  DeleteSchemaCommand,
  DeleteSchemaVersionCommand,
  DescribeSchemaCommand,
  ExportSchemaCommand,
  ListSchemasCommand,
  ListSchemaVersionsCommand,
  SearchSchemasCommand,
  UpdateSchemaCommand,
} from "@aws-sdk/client-schemas";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Bench, openApi, openBench, startedAt } from "./bench.ts";

let bench: Bench;
beforeEach(async () => {
  bench = await openBench();
  await bench.schemas.send(new CreateRegistryCommand({ RegistryName: "shop" }));
});
afterEach(() => bench[Symbol.asyncDispose]());

const name = { RegistryName: "shop", SchemaName: "com.shop@OrderPlaced" } as const;
const create = (SchemaName: string = name.SchemaName, Content = openApi()) =>
  bench.schemas.send(new CreateSchemaCommand({ ...name, SchemaName, Content, Type: "OpenApi3" }));

describe("schemas", () => {
  it("are made and described, with a @ in the name", async () => {
    const made = await create();
    expect(made).toMatchObject({
      $metadata: { httpStatusCode: 201 },
      SchemaName: name.SchemaName,
      SchemaArn: "arn:aws:schemas:us-east-1:111122223333:schema/shop/com.shop@OrderPlaced",
      SchemaVersion: "1",
      Type: "OpenApi3",
      LastModified: new Date(startedAt),
      VersionCreatedDate: new Date(startedAt),
    });
    expect(await bench.schemas.send(new DescribeSchemaCommand(name))).toMatchObject({
      Content: openApi(),
      SchemaVersion: "1",
    });
  });

  it("get a version with each other content, none with the same", async () => {
    await create();
    await bench.clock.advance(60_000);
    const second = await bench.schemas.send(new UpdateSchemaCommand({ ...name, Content: openApi("total") }));
    expect([second.SchemaVersion, second.VersionCreatedDate]).toEqual(["2", new Date(startedAt + 60_000)]);
    const same = await bench.schemas.send(
      new UpdateSchemaCommand({ ...name, Content: openApi("total"), Description: "about" }),
    );
    expect([same.SchemaVersion, same.Description]).toEqual(["2", "about"]);
    const { SchemaVersions } = await bench.schemas.send(new ListSchemaVersionsCommand(name));
    expect(SchemaVersions?.map(({ SchemaVersion }) => SchemaVersion)).toEqual(["2", "1"]);
    const first = await bench.schemas.send(new DescribeSchemaCommand({ ...name, SchemaVersion: "1" }));
    expect(first.Content).toBe(openApi());
  });

  it("are not updated by a type that there is not, or a token that is too long", async () => {
    await create();
    for (const wrong of [{ Type: "Avro" as never }, { ClientTokenId: "t".repeat(37) }])
      await expect(bench.schemas.send(new UpdateSchemaCommand({ ...name, ...wrong }))).rejects.toThrow(
        expect.objectContaining({ name: "BadRequestException" }),
      );
  });

  it("lose versions, and go", async () => {
    await create();
    await bench.schemas.send(new UpdateSchemaCommand({ ...name, Content: openApi("total") }));
    await bench.schemas.send(new DeleteSchemaVersionCommand({ ...name, SchemaVersion: "2" }));
    const left = await bench.schemas.send(new DescribeSchemaCommand(name));
    expect([left.SchemaVersion, left.Content]).toEqual(["1", openApi()]);
    await expect(
      bench.schemas.send(new DescribeSchemaCommand({ ...name, SchemaVersion: "2" })),
    ).rejects.toMatchObject({ name: "NotFoundException" });
    await bench.schemas.send(new DeleteSchemaCommand(name));
    await expect(bench.schemas.send(new DescribeSchemaCommand(name))).rejects.toMatchObject({
      name: "NotFoundException",
    });
  });

  it("are listed by prefix, page by page", async () => {
    for (const each of ["c@X", "a@X", "b@X", "b@Y"]) await create(each);
    const list = (input: object) =>
      bench.schemas.send(new ListSchemasCommand({ RegistryName: "shop", ...input }));
    const first = await list({ Limit: 3 });
    expect(first.Schemas?.map(({ SchemaName }) => SchemaName)).toEqual(["a@X", "b@X", "b@Y"]);
    const second = await list({ Limit: 3, NextToken: first.NextToken });
    expect(second.Schemas?.map(({ SchemaName }) => SchemaName)).toEqual(["c@X"]);
    expect(second.NextToken).toBeUndefined();
    expect((await list({ SchemaNamePrefix: "b@" })).Schemas).toMatchObject([
      { SchemaName: "b@X", VersionCount: 1, LastModified: new Date(startedAt) },
      { SchemaName: "b@Y" },
    ]);
  });

  it("are found by any of the words, version by version", async () => {
    await create();
    await bench.schemas.send(new UpdateSchemaCommand({ ...name, Content: openApi("TotalAmount") }));
    await create("com.shop@Paid");
    await create("com.shop@Sent");
    const { Schemas } = await bench.schemas.send(
      new SearchSchemasCommand({ RegistryName: "shop", Keywords: "totalamount PAID" }),
    );
    expect(
      Schemas?.map(({ SchemaName, SchemaVersions }) => [
        SchemaName,
        SchemaVersions?.map(({ SchemaVersion }) => SchemaVersion),
      ]),
    ).toEqual([
      ["com.shop@OrderPlaced", ["2"]],
      ["com.shop@Paid", ["1"]],
    ]);
  });

  it.each([
    ["not JSON", "OpenApi3", "{"],
    ["no OpenAPI 3", "OpenApi3", '{"openapi":"2.0"}'],
    ["no Draft 4", "JSONSchemaDraft4", '{"$schema":"https://json-schema.org/draft/2020-12/schema"}'],
    ["too long", "OpenApi3", JSON.stringify({ openapi: "3.0.0", x: "x".repeat(100_000) })],
  ] as const)("refuse content that is %s", async (_why, Type, Content) => {
    await expect(
      bench.schemas.send(new CreateSchemaCommand({ ...name, Type, Content })),
    ).rejects.toMatchObject({ name: "BadRequestException" });
  });

  it("refuse a second one of the name", async () => {
    await create();
    await expect(create()).rejects.toMatchObject({ name: "ConflictException" });
  });
});

describe("the registry aws.events", () => {
  const aws = { RegistryName: "aws.events", SchemaName: "aws.ec2@EC2InstanceState-changeNotification" };

  it("has schemas that can be read and searched but not changed", async () => {
    const { Content } = await bench.schemas.send(new DescribeSchemaCommand(aws));
    const { AWSEvent } = JSON.parse(Content!).components.schemas;
    expect(AWSEvent).toMatchObject({
      "x-amazon-events-source": "aws.ec2",
      "x-amazon-events-detail-type": "EC2 Instance State-change Notification",
      properties: { detail: { $ref: "#/components/schemas/EC2InstanceState-changeNotification" } },
    });
    const found = await bench.schemas.send(
      new SearchSchemasCommand({ RegistryName: "aws.events", Keywords: "bucket" }),
    );
    expect(found.Schemas?.map(({ SchemaName }) => SchemaName)).toEqual([
      "aws.s3@ObjectCreated",
      "aws.s3@ObjectDeleted",
    ]);
    await expect(bench.schemas.send(new DeleteSchemaCommand(aws))).rejects.toMatchObject({
      name: "ForbiddenException",
    });
  });

  it("exports JSON Schema Draft 4, which registries of our own do not", async () => {
    const { Content, Type, SchemaVersion } = await bench.schemas.send(
      new ExportSchemaCommand({ ...aws, Type: "JSONSchemaDraft4" }),
    );
    expect([Type, SchemaVersion]).toEqual(["JSONSchemaDraft4", "1"]);
    expect(JSON.parse(Content!)).toMatchObject({
      $schema: "http://json-schema.org/draft-04/schema#",
      title: "EC2InstanceState-changeNotification",
      definitions: {
        "EC2InstanceState-changeNotification": {
          type: "object",
          properties: { "instance-id": { type: "string" }, state: { type: "string" } },
        },
      },
      properties: { detail: { $ref: "#/definitions/EC2InstanceState-changeNotification" } },
      "x-amazon-events-source": "aws.ec2",
    });
    await create();
    await expect(
      bench.schemas.send(new ExportSchemaCommand({ ...name, Type: "JSONSchemaDraft4" })),
    ).rejects.toMatchObject({ name: "BadRequestException" });
  });
});
