import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { runTest } from '../../../src/cli/commands/test.ts'
import { print } from '../../../src/cli/print.ts'
import { UserError } from '../../../src/cli/user-error.ts'

const runbook = `# Disks

\`\`\`bash
df -h
\`\`\`

- \`disk-full\` no room → [Free](#free)
- otherwise → [Done](#resolved)

## Free

\`\`\`bash
sudo journalctl --vacuum-size=500M
\`\`\`

- \`exit == 0\` done → [Look again](#disks)
`

const full = 'Filesystem      Size  Used Avail Use% Mounted on\\n/dev/sda1        40G   40G     0 100% /\\n'
const empty = 'Filesystem      Size  Used Avail Use% Mounted on\\n/dev/sda1        40G   14G   26G  35% /\\n'

const cases = (outputs: string, goes: string): string =>
  `cases:\n  - {step: disks, outputs: [${outputs}], expect: {goes: ${goes}, causes: [disk-full]}}\n`

let folder = ''
let printed: string[] = []

const write = (name: string, text: string): void => writeFileSync(join(folder, name), text)

const run = (flags: readonly string[] = []): Promise<number> =>
  runTest({ operands: [folder], flags: new Set(flags), values: new Map() })

const errorOf = async (): Promise<UserError | undefined> => {
  try {
    await run()
    return undefined
  } catch (cause) {
    if (cause instanceof UserError) return cause
    throw cause
  }
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'runtree-cases-'))
  printed = []
  vi.spyOn(print, 'json').mockImplementation(text => {
    printed.push(text)
  })
  vi.spyOn(print, 'out').mockImplementation(text => {
    printed.push(text)
  })
  write('disks.md', runbook)
})

afterEach(() => {
  vi.restoreAllMocks()
  rmSync(folder, { recursive: true })
})

describe('runtree test', () => {
  test('passes a case whose outputs lead where it says', async () => {
    write('disks.yaml', cases(`{run: df -h, out: "${full}"}`, 'free'))
    expect(await run()).toBe(0)
    expect(printed.at(-1)).toBe('1 passed, 0 failed in 1 files, 1 branches open')
  })

  test('names the branches that no case leads past', async () => {
    write('disks.yaml', cases(`{run: df -h, out: "${full}"}`, 'free'))
    await run()
    expect(printed[0]).toBe('disks#disks: no case passes `disk-full` by')
  })

  test('fails a case that leads elsewhere, and says why', async () => {
    write('disks.yaml', cases(`{run: df -h, out: "${empty}"}`, 'free'))
    expect(await run()).toBe(1)
    expect(printed[0]).toContain('disks.yaml:2: disks#disks')
    expect(printed[0]).toContain('it goes to resolved, not to free')
    expect(printed[0]).toContain('disk-full was not found; found: nothing')
  })

  test('reads recorded outputs from the folder that the file names', async () => {
    mkdirSync(join(folder, 'recorded'))
    write('recorded/df.txt', full.replaceAll('\\n', '\n'))
    write('disks.yaml', `files: recorded\n${cases('{run: df -h, file: df}', 'free')}`)
    expect(await run()).toBe(0)
  })

  test('prints a line of JSON a case', async () => {
    write('disks.yaml', cases(`{run: df -h, out: "${full}"}`, 'free'))
    await run(['json'])
    expect(printed.map(line => JSON.parse(line))).toEqual([
      expect.objectContaining({ runbook: 'disks', step: 'disks', passed: true, goes: 'free', line: 2 }),
    ])
  })

  test('passes over YAML that holds no cases', async () => {
    write('disks.yaml', cases(`{run: df -h, out: "${full}"}`, 'free'))
    write('deployment.yaml', 'kind: Deployment\n---\nkind: Service\n')
    expect(await run()).toBe(0)
  })

  test("takes a step's outputs from a drill's cluster", async () => {
    write('disks.md', `---\nwhere: node\n---\n\n${runbook}`)
    write(
      'disks.yaml',
      'cases:\n  - {drill: worker-disk-full, step: disks, expect: {goes: free, causes: [disk-full]}}\n',
    )
    expect(await run()).toBe(0)
    expect(printed.at(-1)).toBe('1 passed, 0 failed in 1 files, 1 branches open')
  })

  test("walks a drill's cluster from the start where no step is named, and fails where it ends elsewhere", async () => {
    write('disks.md', `---\nwhere: node\n---\n\n${runbook}`)
    write(
      'disks.yaml',
      'cases:\n  - {drill: worker-disk-full, expect: {goes: free, causes: [disk-full]}}\n  - {drill: kubelet-stopped, expect: {goes: free, causes: [disk-full]}}\n',
    )
    expect(await run()).toBe(1)
    expect(printed.join('\n')).toContain('it goes to disks, not to free')
    expect(printed.at(-1)).toBe('1 passed, 1 failed in 1 files, 0 branches open')
  })

  test.each([
    [
      'a drill that is not there',
      'cases:\n  - {drill: nowhere, expect: {goes: free}}\n',
      'E_CLI_DRILL_UNKNOWN',
    ],
    [
      'a step of a drill that is not there',
      'cases:\n  - {drill: kubelet-stopped, step: disk, expect: {goes: free}}\n',
      'E_TEST_STEP_UNKNOWN',
    ],
    ['a drill that lacks what it expects', 'cases:\n  - {drill: kubelet-stopped}\n', 'E_TEST_CASE'],
    [
      'a step that is not there',
      'cases:\n  - {step: disk, outputs: [], expect: {goes: ask}}\n',
      'E_TEST_STEP_UNKNOWN',
    ],
    [
      'a command that is not there',
      'cases:\n  - {step: disks, outputs: [{run: free}], expect: {goes: ask}}\n',
      'E_TEST_COMMAND_UNKNOWN',
    ],
    [
      'a recording that is not there',
      'cases:\n  - {step: disks, outputs: [{run: df, file: no}], expect: {goes: ask}}\n',
      'E_TEST_RECORDING_MISSING',
    ],
    ['a case that lacks what it expects', 'cases:\n  - {step: disks, outputs: []}\n', 'E_TEST_CASE'],
    ['YAML that cannot be read', 'cases:\n  - {step: [\n', 'E_TEST_CASE'],
    ['a runbook that is not there', 'runbook: nowhere\ncases: []\n', 'E_TEST_RUNBOOK_UNKNOWN'],
  ])('refuses %s and names the line', async (_, text, code) => {
    write('disks.yaml', text)
    const error = await errorOf()
    expect(error?.code).toBe(code)
    expect(error?.message).toContain('disks.yaml')
  })

  test('says so when there is no file of cases', async () => {
    expect((await errorOf())?.code).toBe('E_TEST_NO_CASES')
  })
})
