/**
 * A type of the SDK as it is in JSON on the wire: blobs are base64 text, times are epoch seconds, and the SDK's
 * own `$metadata` is not there.
 */
export type Wire<T> = T extends Uint8Array
  ? string
  : T extends Date
    ? number
    : T extends readonly (infer E)[]
      ? Wire<E>[]
      : T extends object
        ? { [K in keyof T as K extends "$metadata" ? never : K]: Wire<T[K]> }
        : T;
