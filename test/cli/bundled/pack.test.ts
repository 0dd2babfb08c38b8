import { deepStrictEqual } from 'node:assert'
import { expect, test } from 'vitest'
import { makeBundled } from '../../../src/cli/bundled/make-bundled.ts'
import {
  openPack,
  packValues,
  type ReadBytes,
  type SourceText,
  sourceText,
} from '../../../src/cli/bundled/pack.ts'
import { drillNames } from '../../../src/cli/drill/drills.ts'
import { bundledRunbooks } from '../../../src/cli/load-library.ts'

const source = sourceText('drill', 'one', Buffer.from('title: One'))
const value = { pattern: /a+/i, steps: new Map([['a', { note: undefined }]]) }
const readerOf =
  (bytes: Buffer): ReadBytes =>
  (start, end) =>
    bytes.subarray(start, end)
const pack = (): ReadBytes => readerOf(Buffer.from(packValues(new Map([[source, value]]))))

test('what the build packs of the bundled files equals what their sources give', () => {
  const made = makeBundled()
  const opened = openPack(readerOf(Buffer.from(packValues(made))))
  for (const [from, of] of made) deepStrictEqual(opened.get(from), of)
  const namesOf = (kind: SourceText['kind']): readonly string[] =>
    [...made.keys()].filter(from => from.kind === kind).map(({ name }) => name)
  expect(namesOf('runbook')).toEqual([...bundledRunbooks().keys()])
  expect(namesOf('drill')).toEqual(drillNames())
  expect(namesOf('causes')).not.toEqual([])
})

test('a text that was changed since is not in the pack', () => {
  expect(openPack(pack()).get(source)).toEqual(value)
  const changed = (text: string) => openPack(pack()).get(sourceText('drill', 'one', Buffer.from(text)))
  expect([changed('title: Two'), changed('title: One more')]).toEqual([undefined, undefined])
  expect(openPack(pack()).get({ ...source, name: 'two' })).toBeUndefined()
})

test('each reader of a pack gets a value of its own', () => {
  const opened = openPack(pack())
  expect(opened.get(source)).not.toBe(opened.get(source))
})

test('bytes that are no pack are refused', () => {
  expect(() => openPack(readerOf(Buffer.from('no pack at all')))).toThrow()
})
