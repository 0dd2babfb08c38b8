import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { groupScripts, groupsOf } from '../../scripts/group-scripts.ts'

test('scripts are together that the same starts load', () => {
  const starts = [new Set(['a', 'b', 'c', 'd']), new Set(['a', 'b', 'd', 'e'])]
  expect(groupsOf(['a', 'b', 'c', 'd', 'e', 'f', 'g'], starts)).toEqual([['a', 'b', 'd']])
})

test('a group holds its functions by their names; the rest stays, and a build is known by what is in it', () => {
  const folder = mkdtempSync(join(tmpdir(), 'runtree-groups-'))
  const write = (): void => {
    for (const name of ['a.js', 'b.js', 'c.js'])
      writeFileSync(join(folder, name), `(function(){return "${name}"})`)
  }
  const manifest = () => JSON.parse(readFileSync(join(folder, 'program.json'), 'utf8'))
  write()
  groupScripts(folder, [])
  const apart = manifest()
  expect(apart.groups).toEqual({})
  groupScripts(folder, [new Set(['a.js', 'b.js'])])
  const { build, groups } = manifest()
  expect(groups).toEqual({ 'a.js': 'group-1.js', 'b.js': 'group-1.js' })
  expect(build).not.toBe(apart.build)
  expect(readdirSync(folder).toSorted()).toEqual(['c.js', 'group-1.js', 'program.json'])
  const bodies = new Function(`return ${readFileSync(join(folder, 'group-1.js'), 'utf8')}`)()
  expect([bodies['a.js'](), bodies['b.js']()]).toEqual(['a.js', 'b.js'])
  rmSync(folder, { recursive: true })
})
