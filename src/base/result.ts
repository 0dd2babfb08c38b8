/** The outcome of something that may fail in an expected way: `ok` carries the value, otherwise the error is a value too. */
export type Result<T, E> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: E }

/** Wraps a value as a success. */
export const succeed = <T>(value: T): Result<T, never> => ({ ok: true, value })

/** Wraps an expected failure. */
export const fail = <E>(error: E): Result<never, E> => ({ ok: false, error })
