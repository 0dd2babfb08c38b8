/** The system's name for what went wrong, such as `ENOSPC`; `undefined` where the error has none. */
export const errorCode = (error: unknown): unknown =>
  error instanceof Error && 'code' in error ? error.code : undefined
