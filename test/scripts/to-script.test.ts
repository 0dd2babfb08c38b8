import { runInThisContext } from 'node:vm'
import { expect, test } from 'vitest'
import { builtinsBanner } from '../../scripts/quick-builtins.ts'
import { toScript } from '../../scripts/to-script.ts'

const run = async (
  text: string,
  required: Record<string, unknown> = {},
): Promise<Record<string, unknown>> => {
  const module = { exports: {} }
  const script = await toScript(`${builtinsBanner}${text}`)
  expect(script).toMatch(/^[\0-\x7F]*$/)
  runInThisContext(script)(module, (name: string) => required[name], 'file:///somewhere/main.js')
  return module.exports
}

test('imports, exports and the own address of a module work in its script', async () => {
  const made = await run(
    'import{double as twice}from"./double.js";const at=import.meta.url;let n=twice(2);const more=()=>{n+=1};export{n,at,more as add}',
    { './double.js': { double: (n: number) => 2 * n } },
  )
  expect([made.n, made.at]).toEqual([4, 'file:///somewhere/main.js'])
  ;(made.add as () => void)()
  expect(made.n).toBe(5)
})

test('what is loaded later is a promise of what is required', async () => {
  const made = await run('const later=async()=>(await import("./late.js")).word;export{later}', {
    './late.js': { word: 'late' },
  })
  expect(await (made.later as () => Promise<unknown>)()).toBe('late')
})

test('signs beyond ASCII mean the same', async () => {
  const made = await run(
    'export const ends=/^(?:\u2026|[\u2014\u2013])+$/u.test("\u2026\u2014"),rare=/\u{1F600}/u.test("\u{1F600}")'.replace(
      /\\u\{?([0-9A-F]+)\}?/g,
      (_, hex) => String.fromCodePoint(parseInt(hex, 16)),
    ),
  )
  expect([made.ends, made.rare]).toEqual([true, true])
})
