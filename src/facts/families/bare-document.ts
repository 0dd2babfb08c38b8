const opens = /^(?:[{[]|apiVersion:|kind:)/
const shuts = /^[}\]]|^[{[].*[}\]]\s*$/

/**
 * A text of which only a JSON or YAML document stays: prompts, the echoed command and warnings around it become empty lines, so that
 * what stays keeps its line. A text without a document stays as it is.
 */
export const bareDocument = (text: string): string => {
  const lines = text.split('\n')
  const first = lines.findIndex(line => opens.test(line))
  if (first < 0) return text
  const isJson = /^[{[]/.test(lines[first] ?? '')
  const last = isJson ? lines.findLastIndex(line => shuts.test(line)) : lines.length - 1
  const end = last < first ? lines.length - 1 : last
  return lines.map((line, index) => (index < first || index > end ? '' : line)).join('\n')
}
