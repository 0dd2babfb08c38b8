import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { freshFolder, jsonLines, runProgram } from '../kit/program.ts'

const write = (folder: string, extra = ''): string => {
  const path = join(folder, 'walk.md')
  writeFileSync(
    path,
    `# Walk

## Look

\`\`\`bash
cat ${folder}/df.txt # df -h
\`\`\`

- \`/98%/\` → [Ask](#ask)

## Ask

${extra}

- it is a log → [up](#escalate)
- it is a database → [Last](#last)

## Last

\`\`\`bash
cat ${folder}/df.txt # df -h
\`\`\`
`,
  )
  return path
}

const folder = freshFolder()
const auto = (...options: readonly string[]) => {
  const args = ['auto', `${write(folder)}#look`, '--json', '--state-dir', folder, ...options]
  const run = runProgram([...args, '--answers', join(folder, 'answers.yaml')])
  const events = jsonLines(run.stdout)
  const outcomes = events.filter(({ type }) => type === 'run-finished').map(({ outcome }) => outcome)
  return { status: run.status, path: events.at(-1)?.path, outcomes, events }
}

describe('an earlier session', () => {
  let real: ReturnType<typeof auto>
  let target = ''
  beforeAll(() => {
    writeFileSync(join(folder, 'df.txt'), '/dev/sda1 40G 39G 1.0G 98% /\n')
    writeFileSync(join(folder, 'answers.yaml'), 'ask: database\n')
    real = auto()
    const header = real.events[0]?.header as { readonly sessionId: string } | undefined
    target = `replay:${header?.sessionId}`
  })

  it('is walked past a question by an answer that was given ahead', () => {
    expect(real).toMatchObject({ path: ['look', 'ask', 'last'], outcomes: [{ code: 0 }, { code: 0 }] })
  })

  it('is walked again by what it recorded, whatever the machine says now', () => {
    writeFileSync(join(folder, 'df.txt'), 'healthy now\n')
    const { status, path, outcomes } = real
    expect(auto('--target', target)).toMatchObject({ status, path, outcomes })
  })

  it('answers nothing that it did not record, and runs nothing', () => {
    const other = join(folder, 'other.md')
    writeFileSync(other, '# Other\n\n```bash\nuptime\n```\n')
    const { status, stdout } = runProgram(['auto', other, '--state-dir', folder, '--target', target])
    expect([status, stdout]).toEqual([3, expect.stringContaining('was not recorded')])
  })

  it('has to be one that there is', () => {
    const run = runProgram(['auto', write(folder), '--state-dir', folder, '--target', 'replay:1999'])
    expect([run.status, run.stderr]).toEqual([2, expect.stringContaining('E_CLI_SESSION_UNKNOWN')])
  })
})
