const klogHead = /^([IWEF]\d{4} \d\d:\d\d:\d\d\.)(\d{6})/
const logfmtHead = /^(time="\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.)(\d{9})/

const LEAST = 90
const SPREAD = 1_610

/** Dates lines a little one after another that a program says in one go and whose heads name one instant. */
export const spreadStamps = (texts: readonly string[]): readonly string[] => {
  if (texts.length < 2) return texts
  let second = ''
  let last = -1
  return texts.map((text, index) => {
    const [head, upTo = '', digits = ''] = klogHead.exec(text) ?? logfmtHead.exec(text) ?? []
    if (head === undefined) return text
    const scale = digits.length === 9 ? 1_000 : 1
    const own = Number(digits)
    const isLater = upTo !== second || own > last
    const part = isLater ? own : last + (LEAST + ((index * 7_919 + text.length * 131) % SPREAD)) * scale
    if (part >= 1_000_000 * scale) return text
    second = upTo
    last = part
    return `${upTo}${String(part).padStart(digits.length, '0')}${text.slice(head.length)}`
  })
}
