/** What the service model says of a value, as far as it is checked before an operation runs. */
export type Shape = TextShape | NumberShape | FlagShape | ListShape | MapShape | StructureShape;

interface Base {
  readonly required?: boolean;
}
export interface TextShape extends Base {
  readonly type: "string";
  readonly min?: number;
  readonly max?: number;
  /** As the model spells it; the whole value has to match. */
  readonly pattern?: string;
  readonly values?: readonly string[];
  /** Never repeated in a message. */
  readonly secret?: boolean;
}
export interface NumberShape extends Base {
  readonly type: "integer" | "timestamp";
  readonly min?: number;
  readonly max?: number;
}
export interface FlagShape extends Base {
  readonly type: "boolean";
}
export interface ListShape extends Base {
  readonly type: "list";
  readonly member: Shape;
  readonly min?: number;
  readonly max?: number;
}
export interface MapShape extends Base {
  readonly type: "map";
  readonly key: TextShape;
  readonly value: Shape;
  readonly max?: number;
}
export interface StructureShape extends Base {
  readonly type: "structure";
  /** As messages print it: `Target(id=…)`. */
  readonly name: string;
  /** In the model's order, which messages keep. */
  readonly members: readonly Member[];
  /** Members that no client can set but messages print, as null. */
  readonly unset?: readonly string[];
}

/** A member of a structure. */
export interface Member {
  readonly name: string;
  /** As messages print it: in camel case. */
  readonly printed: string;
  readonly shape: Shape;
}

type Of<S> = Omit<S, "type">;
export const text = (of: Of<TextShape> = {}): TextShape => ({ type: "string", ...of });
export const integer = (of: Of<NumberShape> = {}): NumberShape => ({ type: "integer", ...of });
export const timestamp = (): NumberShape => ({ type: "timestamp" });
export const flag = (): FlagShape => ({ type: "boolean" });
/** A hole in a list is refused, since no operation knows what to do with it; that these are the words is our choice. */
export const list = (member: Shape, of: Omit<Of<ListShape>, "member"> = {}): ListShape => ({
  type: "list",
  member: required(member),
  ...of,
});
export const map = (key: TextShape, value: Shape, max?: number): MapShape => ({
  type: "map",
  key,
  value,
  ...(max === undefined ? {} : { max }),
});
export const structure = (
  name: string,
  members: Readonly<Record<string, Shape>>,
  unset: readonly string[] = [],
): StructureShape => ({
  type: "structure",
  name,
  members: Object.entries(members).map(([name, shape]) => ({
    name,
    printed: `${name[0]!.toLowerCase()}${name.slice(1)}`,
    shape,
  })),
  unset,
});
export const required = <S extends Shape>(shape: S): S => ({ ...shape, required: true });
