import { neighboursOf } from '../../network/neighbours.ts'
import type { Call, Reply } from '../../shell/program.ts'

const after = (words: readonly string[], key: string): string | undefined =>
  words.includes(key) ? words[words.indexOf(key) + 1] : undefined

const isStateWord = /^(permanent|reachable|stale|failed|noarp|incomplete|delay|probe|none|all)$/i

const show = ({ world, host }: Call, words: readonly string[]): Reply => {
  const device = after(words, 'dev')
  const state = after(words, 'nud') ?? words.find(word => isStateWord.test(word))
  const wanted = words.find(word => /^\d/.test(word))
  const lines = neighboursOf(world, host)
    .filter(entry => device === undefined || entry.device === device)
    .filter(({ address }) => wanted === undefined || address === wanted)
    .filter(entry => state === undefined || state === 'all' || entry.state === state.toUpperCase())
    .map(({ address, device: on, mac, state: has }) => {
      const place = device === undefined ? `dev ${on} ` : ''
      return `${address} ${place}${mac === undefined ? '' : `lladdr ${mac} `}${has} \n`
    })
  return { stdout: lines.join('') }
}

const refusal = (text: string): Reply => ({ stderr: `RTNETLINK answers: ${text}\n`, exit: 2 })

/** `ip neigh`: the table of neighbours, and entries that are made or taken away by hand. */
export const neighbourTable = (call: Call, words: readonly string[]): Reply => {
  const [verb = '', ...rest] = words
  const { world, host } = call
  if (!/^(add|del|delete|set|replace|flush|change)$/.test(verb))
    return show(call, /^(show|list|ls|lst)$/.test(verb) ? rest : words)
  if (verb === 'flush') {
    const device = after(rest, 'dev')
    const takesAll = /\b(all|permanent)\b/.test(rest.join(' '))
    if (takesAll)
      host.neighbours = (host.neighbours ?? []).filter(
        entry => device !== undefined && entry.device !== device,
      )
    return {}
  }
  const address = rest.find(word => /^\d/.test(word)) ?? ''
  const device = after(rest, 'dev')
  if (device === undefined) return { stderr: 'Device and destination are required arguments.\n', exit: 255 }
  if (!host.interfaces.some(({ name }) => name === device))
    return { stderr: `Cannot find device "${device}"\n`, exit: 1 }
  const known = neighboursOf(world, host).some(entry => entry.address === address && entry.device === device)
  const others = (host.neighbours ?? []).filter(entry => entry.address !== address || entry.device !== device)
  if (verb === 'del' || verb === 'delete') {
    if (!known) return refusal('No such file or directory')
    host.neighbours = others
    return {}
  }
  if (verb === 'add' && known) return refusal('File exists')
  if (verb === 'change' && !known) return refusal('No such file or directory')
  const mac = after(rest, 'lladdr')
  if (mac !== undefined) host.neighbours = [...others, { address, device, mac }]
  return {}
}
