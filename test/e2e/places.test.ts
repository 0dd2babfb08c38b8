import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { freshFolder, jsonLines, programArgv } from '../kit/program.ts'
import { environmentWithSsh } from '../kit/ssh-program.ts'
import { hasSshd, startSshd } from '../kit/sshd.ts'

const document = `---
title: Two places
where: node
---
# Look at it
\`\`\`bash
echo node $HERE
\`\`\`
\`\`\`bash {where=control-plane}
echo control-plane $HERE
\`\`\`
`

const writeDocument = (): string => {
  const file = join(freshFolder(), 'two.md')
  writeFileSync(file, document)
  return file
}

const run = (args: readonly string[], env: NodeJS.ProcessEnv, input = '') => {
  const [node = '', ...words] = programArgv
  return spawnSync(node, [...words, ...args], { encoding: 'utf8', input, env: { ...env, HERE: 'here' } })
}

const machines = (stdout: string): readonly unknown[] =>
  jsonLines(stdout)
    .filter(event => event.type === 'run-requested')
    .map(event => (event.run as { machine: unknown }).machine)

describe.skipIf(!hasSshd())('a place on the command line', () => {
  it('is where its commands run', async () => {
    const sshd = await startSshd()
    onTestFinished(sshd.end)
    const args = ['auto', writeDocument(), '--json', '--place', 'control-plane=ssh:lab']
    const { stdout, status } = run(args, environmentWithSsh(sshd.configFile))
    expect(status).toBe(0)
    expect(machines(stdout)).toEqual([
      { target: 'local', host: hostname() },
      { target: 'ssh:lab', host: 'lab' },
    ])
  })

  it('is refused when it names no target', () => {
    const { stderr, status } = run(['auto', writeDocument(), '--place', 'worker=nowhere'], process.env)
    expect([status, stderr]).toEqual([2, expect.stringContaining('E_CLI_PLACE')])
  })
})

it('a place is asked for once in the plain mode', () => {
  const env = { ...process.env, XDG_STATE_HOME: freshFolder() }
  const { stdout } = run(['open', writeDocument(), '--plain'], env, 'c2\nyes\n1\nc2\nq\n')
  expect(stdout.match(/Where is that\?/g)).toHaveLength(1)
  expect(stdout.match(/^control-plane here$/gm)).toHaveLength(2)
})
