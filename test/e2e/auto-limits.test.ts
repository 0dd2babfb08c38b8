import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { freshFolder, jsonLines, runProgram } from '../kit/program.ts'

const df = `Filesystem      Size  Used Avail Use% Mounted on
/dev/sda1        40G   39G  1.0G  98% /
`

/** A runbook of three steps; the first finds a full disk and goes on all the same, the last needs a person. */
const write = (folder: string): string => {
  const output = join(folder, 'df.txt')
  writeFileSync(output, df)
  const path = join(folder, 'walk.md')
  writeFileSync(
    path,
    `# Walk\n\n## One\n\n\`\`\`bash\ndf -h >/dev/null; cat ${output}\n\`\`\`\n\n- otherwise → [Two](#two)\n\n## Two\n\n\`\`\`bash\nsleep 0.2\n\`\`\`\n\n- otherwise → [Three](#three)\n\n## Three\n\nWho knows?\n\n- ask around → [One](#one)\n`,
  )
  return path
}

const auto = (...options: readonly string[]) => {
  const folder = freshFolder()
  const run = runProgram(['auto', `${write(folder)}#one`, '--json', '--state-dir', folder, ...options])
  const closed = jsonLines(run.stdout).at(-1)
  return { folder, status: run.status, path: closed?.path }
}

it('a walk without a person ends at a question, or before it where that was asked for', () => {
  expect(auto()).toMatchObject({ status: 4, path: ['one', 'two', 'three'] })
  expect(auto('--max-steps', '2')).toMatchObject({ status: 4, path: ['one', 'two'] })
  expect(auto('--until', 'one')).toMatchObject({ status: 1, path: ['one'] })
  expect(auto('--deadline', '100ms')).toMatchObject({ status: 130 })
  // More than a timer takes, which would then go off at once.
  expect(auto('--deadline', '1000h')).toMatchObject({ status: 4 })
  expect(auto('--max-steps', 'many').status).toBe(2)
  expect(auto('--until', 'nowhere').status).toBe(2)
})

it('a pipeline and a monitor are told what was found', () => {
  const folder = freshFolder()
  const [junit, metrics] = [join(folder, 'junit.xml'), join(folder, 'runtree.prom')]
  auto('--junit', junit, '--prometheus', metrics)
  expect(readFileSync(junit, 'utf8')).toMatch(/<failure type="disk-full"/)
  expect(readFileSync(metrics, 'utf8')).toMatch(/^runtree_finding\{.*cause="disk-full"/m)
  expect(statSync(metrics).mode & 0o777).toBe(0o644)
})
