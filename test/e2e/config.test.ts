import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { freshFolder, programArgv } from '../kit/program.ts'

type Setup = { readonly file?: string; readonly env?: Readonly<Record<string, string>> }

const home = (file?: string): string => {
  const folder = freshFolder()
  if (file !== undefined) {
    mkdirSync(join(folder, 'runtree'))
    writeFileSync(join(folder, 'runtree', 'config.yaml'), file)
  }
  return folder
}

const [node = '', ...script] = programArgv
const runtree = (args: readonly string[], { file, env }: Setup = {}) => {
  const folder = home(file)
  const ran = spawnSync(node, [...script, ...args], {
    encoding: 'utf8',
    input: '',
    env: { PATH: process.env.PATH, HOME: folder, XDG_CONFIG_HOME: folder, ...env },
  })
  return { ...ran, path: join(folder, 'runtree', 'config.yaml'), folder }
}

const rowsOf = (stdout: string): Readonly<Record<string, readonly string[]>> =>
  Object.fromEntries(
    JSON.parse(stdout).settings.map((row: Record<string, string>) => [row.name, [row.value, row.from]]),
  )

describe('runtree config', () => {
  it('shows what holds and where each value comes from', () => {
    const { stdout, status, path, folder } = runtree(['config', '--json', '--timeout', '5s'], {
      file: 'theme: light\nstateDir: kept\ntimeout: 1m\n',
      env: { RUNTREE_READ_ONLY: '1' },
    })
    expect(status).toBe(0)
    expect(rowsOf(stdout)).toMatchObject({
      timeout: ['5s', '--timeout'],
      readOnly: ['true', 'RUNTREE_READ_ONLY'],
      theme: ['light', `${path}:1`],
      stateDir: [join(folder, 'runtree', 'kept'), `${path}:2`],
      wrap: ['false', 'default'],
    })
  })

  it('writes a file to begin with for its owner alone, and never over another', () => {
    const first = runtree(['config', 'init'])
    expect(first.status).toBe(0)
    expect(statSync(first.path).mode & 0o777).toBe(0o600)
    const again = runtree(['config', 'init'], { file: 'theme: light\n' })
    expect([again.status, again.stderr]).toEqual([2, expect.stringContaining('[E_CONFIG_EXISTS]')])
    expect(readFileSync(again.path, 'utf8')).toBe('theme: light\n')
  })

  it('tells where the file is, whatever it holds', () => {
    const { stdout, status, path } = runtree(['config', 'path'], { file: 'nonsense: [' })
    expect([stdout, status]).toEqual([`${path}\n`, 0])
  })
})

describe('a settings file that is wrong', () => {
  const file = 'theme: light\ntimout: 5s\nwrap: perhaps\n'

  it('stops a walk before it begins, with every place', () => {
    const { status, stderr, path, folder } = runtree(['auto', 'mks-node', '--target', 'sim'], { file })
    expect(status).toBe(2)
    expect(stderr).toContain(`${path}:2:1 error E_CONFIG_UNKNOWN there is no setting "timout"`)
    expect(stderr).toContain('Did you mean "timeout"?')
    expect(stderr).toContain(`${path}:3:1 error E_CONFIG_VALUE wrap`)
    expect(stderr).toContain('--no-config')
    expect(existsSync(join(folder, '.local'))).toBe(false)
  })

  it('is left aside on demand, and by what needs no settings', () => {
    expect(runtree(['sessions', '--no-config'], { file }).status).toBe(0)
    expect(runtree(['classify', 'ls'], { file }).status).toBe(0)
  })

  it('has its like in the environment and on the command line', () => {
    const { status, stderr } = runtree(['sessions'], { env: { RUNTREE_THEME: 'pink' } })
    expect([status, stderr]).toEqual([2, expect.stringContaining('RUNTREE_THEME: "pink" is not known')])
    const option = runtree(['auto', 'mks-node', '--timeout', 'later'])
    expect([option.status, option.stderr]).toEqual([2, expect.stringContaining('[E_CLI_DURATION]')])
  })
})

describe('settings', () => {
  it('count where the command line says nothing', () => {
    const file = 'target: sim\nstateDir: state\n'
    const { stdout, stderr, folder } = runtree(['auto', 'mks-node', '--json', '--max-steps', '1'], { file })
    expect(stdout.split('\n')[0]).toContain('"target":"sim"')
    expect(stderr).toContain(join(folder, 'runtree', 'state', 'sessions'))
    const sessions = runtree(['sessions', '--json'], {
      env: { RUNTREE_STATE_DIR: join(folder, 'runtree', 'state') },
    })
    expect(JSON.parse(sessions.stdout)).toHaveLength(1)
  })
})

describe("secrets of the operator's own", () => {
  it('reach neither the events nor what is kept', () => {
    const file =
      "redaction:\n  patterns:\n    - { name: customer, pattern: '/kd-(?<secret>[0-9]{6})/i' }\nstateDir: state\n"
    const page = join(freshFolder(), 'page.md')
    writeFileSync(page, '# Page\n\n```bash\necho "KD-123456 is late"\n```\n')
    const { stdout, folder } = runtree(['auto', page, '--json'], { file })
    const bodies = spawnSync('grep', ['-rc', '123456', join(folder, 'runtree', 'state')], {
      encoding: 'utf8',
    })
    expect(bodies.stdout).not.toMatch(/\.txt:[1-9]/)
    expect(stdout).toContain('"masked":{"customer":1}')
  })
})

describe("keys of the operator's own", () => {
  it('are listed in place of those of the program', () => {
    const { stdout } = runtree(['keys', '--json'], { file: 'keys:\n  help: H\n  note: [Ctrl-N, M]\n' })
    const keys = Object.fromEntries(
      JSON.parse(stdout).map((key: Record<string, unknown>) => [key.id, key.keys]),
    )
    expect(keys).toMatchObject({ help: ['H'], note: ['Ctrl-N', 'M'], variables: ['v'] })
  })

  it('stop the start where one cannot be, by its line', () => {
    const { status, stderr, path } = runtree(['open', 'mks-node'], {
      file: 'theme: light\nkeys:\n  help: H\n  nott: x\n  output-wrap: q\n',
    })
    expect(status).toBe(2)
    expect(stderr).toContain(`${path}:4:3 error E_CONFIG_KEY there is no action "nott"; did you mean note?`)
    expect(stderr).toContain(`${path}:5:3 error E_CONFIG_KEY q stays that of leave`)
    expect(stderr).not.toContain(':3:3')
  })
})
