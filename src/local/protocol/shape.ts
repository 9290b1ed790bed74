/**
 * The types of an operation's members, with the names that the query protocol gives them: a list `AttributeNames` is
 * sent as `AttributeName.1=…`, a map `Attributes` as `Attribute.1.Name=…&Attribute.1.Value=…`.
 */
export type Shape =
  | { readonly kind: "text" | "integer" | "flag" | "blob" }
  | { readonly kind: "list"; readonly element: string; readonly of: Shape }
  | {
      readonly kind: "map";
      readonly element: string;
      readonly key: string;
      readonly value: string;
      readonly of: Shape;
    }
  | RecordShape;

export interface RecordShape {
  readonly kind: "record";
  readonly members: Readonly<Record<string, Shape>>;
}

export const text = { kind: "text" } as const;
export const integer = { kind: "integer" } as const;
export const flag = { kind: "flag" } as const;
export const blob = { kind: "blob" } as const;
export const list = (element: string, of: Shape): Shape => ({ kind: "list", element, of });
export const map = (element: string, key: string, value: string, of: Shape): Shape => ({
  kind: "map",
  element,
  key,
  value,
  of,
});
export const record = (members: Readonly<Record<string, Shape>>): RecordShape => ({
  kind: "record",
  members,
});
