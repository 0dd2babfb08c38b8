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

test('what is never assigned again is exported as a value, what is stays alive, whichever way it is assigned', async () => {
  const made = await run(
    'import{word}from"./word.js";let a=1,b=1,c=1,d=1,e=1,f=1;function still(){return 7}const change=()=>{a=2;b+=1;[c]=[2];({x:d=0,...e}={x:2});for(f of[2]);};export{a,b,c,d,e,f,still,change,word}',
    { './word.js': { word: 'other' } },
  )
  const given = Object.getOwnPropertyDescriptors(made)
  expect([given.still?.value, given.change?.value].map(value => typeof value)).toEqual([
    'function',
    'function',
  ])
  expect(made.word).toBe('other')
  ;(made.change as () => void)()
  expect([made.a, made.b, made.c, made.d, made.e, made.f]).toEqual([2, 2, 2, 2, {}, 2])
})

test('scripts that need each other see what the other gives once both ran', async () => {
  const exportsOf: Record<string, { exports: Record<string, unknown> }> = {}
  const texts: Record<string, string> = {
    './a.js': await toScript('import{b}from"./b.js";export const a=()=>b;export const seen=()=>b'),
    './b.js': await toScript('import{a}from"./a.js";export const b=()=>a'),
  }
  const load = (name: string): Record<string, unknown> => {
    const known = exportsOf[name]
    if (known !== undefined) return known.exports
    const module = { exports: {} }
    exportsOf[name] = module
    runInThisContext(texts[name] ?? '')(module, load, 'file:///somewhere/main.js')
    return module.exports
  }
  const a = load('./a.js') as { a: () => () => () => unknown }
  expect(a.a()()).toBe(a.a)
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
