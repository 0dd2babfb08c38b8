import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { freshFolder, runProgram } from '../kit/program.ts'

const PATIENCE_MS = 60_000

/** A runbook that comes to a question whatever it sees. */
const question =
  '# Ask\n\n## Look\n\n```bash\nuptime\n```\n\n- somebody complains → [Look](#look)\n- nobody does → #resolved\n'

/** Runs `auto` as a pipeline would: its exit code, and what it wrote for JUnit. */
const pipeline = (...args: readonly string[]) => {
  const folder = freshFolder()
  const junit = join(folder, 'junit.xml')
  writeFileSync(join(folder, 'ask.md'), question)
  const words = args.map(word => word.replace('FOLDER', folder))
  const { status, stderr } = runProgram(['auto', ...words, '--state-dir', folder, '--junit', junit])
  const xml = readFileSync(junit, 'utf8')
  const count = (name: string): number =>
    Number(new RegExp(`<testsuite [^>]*\\b${name}="(\\d+)"`).exec(xml)?.[1])
  return { status, stderr, xml, failures: count('failures'), errors: count('errors') }
}

describe('a pipeline', () => {
  it(
    'ends with 1 for a broken cluster, and the cause stands in JUnit',
    () => {
      const { status, xml, failures } = pipeline('mks-production', '--target', 'sim:kubelet-stopped')
      expect(status).toBe(1)
      expect(failures).toBeGreaterThan(0)
      expect(xml).toMatch(/<failure type="kubelet-down" message="[^"]+">[^<]*\bworker-1\b/)
    },
    PATIENCE_MS,
  )

  it(
    'ends with 0 for a healthy cluster, and nothing has failed',
    () => {
      expect(pipeline('mks-production', '--target', 'sim')).toMatchObject({
        status: 0,
        failures: 0,
        errors: 0,
      })
    },
    PATIENCE_MS,
  )

  it(
    'ends with 3 for a target that nobody reaches, and says why',
    () => {
      const { status, failures, errors, xml } = pipeline('mks-node', '--target', 'ssh:nobody@127.0.0.1:9')
      expect({ status, failures }).toEqual({ status: 3, failures: 0 })
      expect(errors).toBeGreaterThan(0)
      expect(xml).toMatch(/<error type="not-run" message="[^"]*refuses the connection/)
    },
    PATIENCE_MS,
  )

  it(
    'ends with 4 where a person has to choose',
    () => {
      expect(pipeline('FOLDER/ask.md')).toMatchObject({ status: 4, failures: 0, errors: 0 })
    },
    PATIENCE_MS,
  )
})
