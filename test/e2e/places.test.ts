import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { freshFolder, jsonLines, programArgv } from '../kit/program.ts'
import { hasSshd, type Sshd, startSshd } from '../kit/sshd.ts'

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

/** The program with a home of its own, where ssh knows the sshd as `lab`. */
const openHome = () => {
  const folder = freshFolder()
  mkdirSync(join(folder, '.ssh'))
  const file = join(folder, 'two.md')
  writeFileSync(file, document)
  const run = (args: readonly string[], input = '') => {
    const [node = '', ...words] = programArgv
    const env = { ...process.env, HOME: folder, XDG_STATE_HOME: folder, HERE: 'here' }
    return spawnSync(node, [...words, ...args], { encoding: 'utf8', input, env })
  }
  return { folder, file, run }
}

const outputs = (stdout: string): readonly unknown[] =>
  jsonLines(stdout)
    .filter(event => event.type === 'run-requested')
    .map(event => (event.run as { machine: unknown }).machine)

describe.skipIf(!hasSshd())('places', () => {
  const start = async (): Promise<Sshd> => {
    const sshd = await startSshd()
    onTestFinished(sshd.end)
    return sshd
  }

  it('of the command line are where their commands run', async () => {
    const sshd = await start()
    const { run, file, folder } = openHome()
    // ssh takes its configuration by the home folder of the user's entry, not by HOME; a wrapper names it.
    writeFileSync(
      join(folder, 'ssh'),
      `#!/bin/sh\ncase "$*" in *"-F none"*) exec /usr/bin/ssh "$@";; esac\nexec /usr/bin/ssh -F ${sshd.configFile} "$@"\n`,
      { mode: 0o755 },
    )
    const { stdout, stderr, status } = spawnSync(
      programArgv[0] ?? '',
      [...programArgv.slice(1), 'auto', file, '--json', '--place', 'control-plane=ssh:lab'],
      {
        encoding: 'utf8',
        env: {
          ...process.env,
          HOME: folder,
          XDG_STATE_HOME: folder,
          HERE: 'here',
          PATH: `${folder}:${process.env.PATH}`,
        },
      },
    )
    expect([status, stderr]).toEqual([0, expect.stringContaining('Journal')])
    expect(outputs(stdout)).toEqual([
      { target: 'local', host: hostname() },
      { target: 'ssh:lab', host: 'lab' },
    ])
    expect(run(['auto', file, '--place', 'control-plane=nowhere']).stderr).toContain('E_CLI_PLACE')
  })

  it('are asked for once in the plain mode', () => {
    const { run, file } = openHome()
    const { stdout } = run(['open', file, '--plain'], 'c2\n1\nc2\nq\n')
    expect(stdout.match(/Where is that\?/g)).toHaveLength(1)
    expect(stdout.match(/^control-plane here$/gm)).toHaveLength(2)
  })
})
