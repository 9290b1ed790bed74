/** A partner's source of events, which a customer associates with a bus of its name. Both are this account here. */
export interface PartnerSource {
  readonly name: string;
  readonly arn: string;
  /** The customer's, twelve digits. */
  readonly account: string;
  readonly createdAt: number;
  /** `PENDING` until a bus is made of it, and when that bus is gone. */
  state: "PENDING" | "ACTIVE";
}

/** A source that no bus is made of is deleted after two weeks. API reference, EventSource. */
export const expiresAt = ({ createdAt }: PartnerSource): number => createdAt + 14 * 86_400_000;

export const stateOf = (source: PartnerSource, now: number): "PENDING" | "ACTIVE" | "DELETED" =>
  source.state === "PENDING" && now >= expiresAt(source) ? "DELETED" : source.state;

/** `aws.partner/example.com/shop`: the partner. */
export const partnerOf = (name: string): string => name.split("/")[1]!;
