/**
 * How to test with vitest, before the deploy, where events go: the bus is read from the template that will be deployed,
 * nothing is sent, and a failure says which field of which pattern is the reason. `evb test` does the same from YAML.
 *
 *     npm install --save-dev evb-cli vitest
 *
 * With jest give `withEventMatchers` jest's `expect`.
 */
import { readBus, route, withEventMatchers } from "evb-cli";
import { expect as plain, describe, it } from "vitest";

const expect = withEventMatchers(plain);

// In a project of your own: readBus("template.yaml", { parameters: { Stage: "prod" } }), readBus("cdk.out"), …
const bus = await readBus("order-processing");

describe("an order", () => {
  it("is fulfilled and billed", () => {
    expect(bus)
      .toRoute(order(20))
      .toExactly("orders-to-fulfilment", "orders-to-billing")
      .feeding("billing", { invoiceFor: "A-1", customer: "c-1", amount: 20, currency: "EUR" });
  });

  it("is reviewed when it is large", () => {
    expect(bus).toRoute(order(9000)).to("large-orders-to-review");
    expect(bus).toRoute(order(5000)).not.to("large-orders-to-review").not.feeding("review");
  });

  it("is nobody's when another shop says so", () => {
    expect(bus).not.toRoute({ ...order(20), source: "com.example.other" });
  });

  it("matches what the warehouse asks for", () => {
    expect(order(20)).toMatchPattern({ detail: { total: { currency: ["EUR"] } } });
    expect(order(20)).not.toMatchPattern({ "detail-type": [{ suffix: "Cancelled" }] });
  });

  it("has a dead-letter queue behind every target", () => {
    const targets = route(bus, order(9000)).rules.flatMap((rule) => rule.targets);
    expect(targets.filter(({ deadLetterArn }) => deadLetterArn === undefined)).toEqual([]);
  });
});

function order(amount: number) {
  return {
    source: "com.example.shop",
    "detail-type": "Order Placed",
    detail: { orderId: "A-1", customer: { id: "c-1" }, total: { amount, currency: "EUR" } },
  };
}
