import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { freshFolder, programArgv, runProgram } from '../kit/program.ts'
import { environmentWithSsh } from '../kit/ssh-program.ts'
import { hasSshd, startSshd } from '../kit/sshd.ts'

const write = (text: string): string => {
  const file = join(freshFolder(), 'tools.md')
  writeFileSync(file, text)
  return file
}

const requiring = (...tools: readonly string[]): string =>
  write(`---\nrequires: [${tools.join(', ')}]\n---\n# A step\n\`\`\`bash\nuptime\n\`\`\`\n`)

const tool = (name: string, state: string) => expect.objectContaining({ name, state })

describe('doctor', () => {
  it('says what this machine has of what a runbook requires, and ends with 1 when something is missing', () => {
    const { stdout, status } = runProgram(['doctor', requiring('ls', 'no-such-tool'), '--json'])
    expect(status).toBe(1)
    expect(JSON.parse(stdout)).toEqual({
      target: 'local',
      host: hostname(),
      runbooks: [{ runbook: 'tools', tools: [tool('ls', 'found'), tool('no-such-tool', 'missing')] }],
    })
    expect(runProgram(['doctor', requiring('ls')])).toMatchObject({ status: 0 })
  })

  it('takes the tools that the commands call where nothing is required', () => {
    const file = write('# A step\n```bash\ncd /; ls | no-such-filter && echo done\n```\n')
    const { stdout } = runProgram(['doctor', file])
    expect(stdout).toMatch(/ok {7}ls {2}\//)
    expect(stdout).toMatch(/missing {2}no-such-filter/)
    expect(stdout).not.toMatch(/echo|cd/)
  })

  it('looks at every bundled runbook where none is named', () => {
    const { stdout } = runProgram(['doctor', '--json'])
    expect(JSON.parse(stdout).runbooks.map((entry: { runbook: string }) => entry.runbook)).toContain(
      'mks-node',
    )
  })
})

describe.skipIf(!hasSshd())('doctor on another machine', () => {
  it('looks there, and ends with 3 when it cannot be asked', async () => {
    const sshd = await startSshd()
    onTestFinished(sshd.end)
    const run = () => {
      const [node = '', ...words] = programArgv
      const args = [...words, 'doctor', requiring('ls'), '--target', 'ssh:lab', '--json']
      return spawnSync(node, args, { encoding: 'utf8', env: environmentWithSsh(sshd.configFile) })
    }
    const asked = run()
    expect(asked.status).toBe(0)
    expect(JSON.parse(asked.stdout)).toMatchObject({ target: 'ssh:lab', host: 'lab' })
    sshd.kill()
    const refused = run()
    expect([refused.status, JSON.parse(refused.stdout).problem]).toEqual([
      3,
      expect.stringContaining('refuses the connection'),
    ])
  })
})
