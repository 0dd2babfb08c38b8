/** What was masked, by kind, in one sentence that promises nothing. */
export const presentMasked = (masked: Readonly<Record<string, number>>): string => {
  const kinds = Object.entries(masked).map(([kind, times]) => `${kind} ${times}×`)
  const found =
    kinds.length === 0
      ? 'No secret was recognised in the outputs'
      : `Masked in the outputs: ${kinds.join(', ')}`
  return `${found}. Only known forms are recognised: read it before you send it.`
}
