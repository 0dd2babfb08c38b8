import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { runbookOf } from './kit.ts'
import { type Walk, walkMachine } from './walk.ts'

const folder = new URL('walks/', import.meta.url)

const walksOf = (file: string): readonly Walk[] =>
  parse(readFileSync(new URL(file, folder), 'utf8'), { merge: true }).walks

describe.each(readdirSync(folder).map(file => [file.replace(/\.yaml$/, ''), file] as const))(
  'auto on %s',
  (runbook, file) => {
    const tree = runbookOf(runbook)

    test.each(walksOf(file).map(walk => [walk.name, walk] as const))(
      '%s',
      (_, { machine, start, expect: wanted }) => {
        const walked = walkMachine(tree, machine.flat(), start ?? tree.start ?? '')
        expect({ ...walked, causes: [...walked.causes].sort() }).toEqual({
          ...wanted,
          causes: [...wanted.causes].sort(),
        })
      },
    )
  },
)
