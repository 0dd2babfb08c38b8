/** What the processors of a machine have done since its boot, in milliseconds of one core. */
export type ProcessorTime = { readonly userMs: number; readonly systemMs: number; readonly waitMs: number }
