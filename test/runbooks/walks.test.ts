import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { loadRunbook } from './kit.ts'
import { type Walk, walkMachine } from './walk.ts'

const tree = loadRunbook('mks-node')
const text = readFileSync(new URL('walks/mks-node.yaml', import.meta.url), 'utf8')
const walks: readonly Walk[] = parse(text, { merge: true }).walks

describe('auto on mks-node', () => {
  test.each(walks.map(walk => [walk.name, walk] as const))('%s', (_, { machine, start, expect: wanted }) => {
    const walked = walkMachine(tree, machine.flat(), start ?? tree.start ?? '')
    expect({ ...walked, causes: [...walked.causes].sort() }).toEqual({
      ...wanted,
      causes: [...wanted.causes].sort(),
    })
  })
})
