import type { Site } from "../ports.ts";
import type { RecordShape } from "../protocol/shape.ts";
import type { Store } from "./store.ts";

/** What every operation works with. */
export interface Context {
  readonly site: Site;
  readonly store: Store;
  /** There is a bus with this ARN. */
  readonly hasBus: (arn: string) => boolean;
}

/** One operation: where it is, what it takes, and what it does. */
export interface Operation<In = never, Out extends object = object> {
  readonly name: string;
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  /** Labels in braces are members of the input. */
  readonly path: string;
  readonly status: 200 | 201 | 204;
  /** Parameters of the query and the members that they are; a list ends in `[]`. */
  readonly query?: Readonly<Record<string, string>>;
  readonly input: RecordShape;
  run(context: Context, input: In): Out | undefined;
}
