const consumed = (cpuMs: number): string => {
  const seconds = cpuMs / 1000
  if (seconds < 60) return `${seconds.toFixed(3)}s`
  if (seconds < 3600) return `${Math.floor(seconds / 60)}min ${(seconds % 60).toFixed(3)}s`
  return `${Math.floor(seconds / 3600)}h ${Math.floor((seconds % 3600) / 60)}min ${(seconds % 60).toFixed(3)}s`
}

/** What systemd says of the processor time that a unit took, when it ends; `undefined` below a second. */
export const consumption = (name: string, cpuMs: number): string | undefined =>
  cpuMs < 1_000 ? undefined : `${name}: Consumed ${consumed(cpuMs)} CPU time.`
