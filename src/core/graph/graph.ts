import { shortName } from "../arn.ts";
import type { Bus, BusModel, Rule } from "../route/bus.ts";

export type NodeKind = "bus" | "rule" | "target" | "dead";

export interface GraphNode {
  /** `n0`, `n1`, …: safe in every form. */
  readonly id: string;
  readonly kind: NodeKind;
  readonly label: string;
  /** A second, smaller line: the kind of resource, or what is special. */
  readonly note?: string;
  /** A disabled rule. */
  readonly isOff?: boolean;
}

export interface GraphEdge {
  readonly from: string;
  readonly to: string;
  readonly label?: string;
  /** The way of events that a target does not take. */
  readonly isDead?: boolean;
}

export interface Graph {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
}

/** Buses, their rules, what these feed and the dead-letter queues behind it. What two rules feed is one node. */
export function graphOf(model: BusModel, buses: readonly Bus[]): Graph {
  const draft = new Draft(model);
  for (const bus of buses) draft.bus(bus);
  return draft;
}

class Draft implements Graph {
  readonly nodes: GraphNode[] = [];
  readonly edges: GraphEdge[] = [];
  readonly #ids = new Map<string, string>();
  readonly #dead: ReadonlySet<string>;

  constructor(model: BusModel) {
    const targets = model.buses.flatMap(({ rules }) => rules.flatMap(({ targets }) => targets));
    const fed = new Set(targets.map(({ Arn }) => Arn));
    const dead = [
      ...targets.map(({ DeadLetterConfig }) => DeadLetterConfig?.Arn),
      ...model.buses.map(({ deadLetterArn }) => deadLetterArn),
    ];
    this.#dead = new Set(dead.filter((arn) => arn !== undefined && !fed.has(arn)) as string[]);
  }

  bus(bus: Bus): void {
    const id = this.#node(bus.arn, { kind: "bus", label: bus.name, note: "event bus" });
    if (bus.deadLetterArn !== undefined)
      this.#edge({ from: id, to: this.#resource(bus.deadLetterArn), isDead: true });
    for (const rule of bus.rules) this.#rule(id, rule);
  }

  #rule(bus: string, rule: Rule): void {
    const isOff = rule.state === "DISABLED";
    const note = isOff ? "disabled" : rule.pattern === undefined ? (rule.schedule ?? "rule") : "rule";
    const id = this.#node(rule.arn, { kind: "rule", label: rule.name, note, ...(isOff && { isOff }) });
    this.#edge({ from: bus, to: id });
    for (const { Id, Arn, DeadLetterConfig } of rule.targets) {
      const target = this.#resource(Arn);
      this.#edge({ from: id, to: target, ...(Id !== shortName(Arn) && { label: Id }) });
      if (DeadLetterConfig !== undefined)
        this.#edge({ from: target, to: this.#resource(DeadLetterConfig.Arn), isDead: true });
    }
  }

  #resource(arn: string): string {
    const service = arn.split(":")[2] ?? "";
    if (/:event-bus\//.test(arn))
      return this.#node(arn, { kind: "bus", label: shortName(arn), note: "event bus" });
    const isDead = this.#dead.has(arn);
    const note = isDead ? "dead-letter queue" : service;
    return this.#node(arn, {
      kind: isDead ? "dead" : "target",
      label: shortName(arn),
      ...(note !== "" && { note }),
    });
  }

  #node(key: string, node: Omit<GraphNode, "id">): string {
    const known = this.#ids.get(key);
    if (known !== undefined) return known;
    const id = `n${this.nodes.length}`;
    this.#ids.set(key, id);
    this.nodes.push({ id, ...node });
    return id;
  }

  #edge(edge: GraphEdge): void {
    const isKnown = this.edges.some(
      ({ from, to, label }) => from === edge.from && to === edge.to && label === edge.label,
    );
    if (!isKnown) this.edges.push(edge);
  }
}
