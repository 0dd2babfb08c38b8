import { describe, expect, it } from 'vitest'
import { openShell, openWorld } from './kit.ts'

/** What the lines print one after another in one shell. */
const say = async (...lines: readonly string[]): Promise<readonly string[]> => {
  const shell = openShell()
  const told: string[] = []
  for (const line of lines) {
    const { stdout, stderr } = await shell.run(line)
    told.push(`${stdout}${stderr}`)
  }
  return told
}

describe('what a shell keeps from line to line', () => {
  it.each([
    [
      'the folder and the variables that stood before an exit',
      ['cd /etc; A=1; exit 3', 'echo $A $?; pwd'],
      '1 3\n/etc\n',
    ],
    [
      'functions, as they are called later',
      ['f() { echo in f $1; return 4; }', 'f 1; echo $?'],
      'in f 1\n4\n',
    ],
    ['a function taken away again', ['f() { echo in; }', 'unset -f f', 'f'], 'bash: f: command not found\n'],
    ['the status of the last line', ['false', 'echo $?'], '1\n'],
    ['arrays', ['hosts=(cp-1 worker-1)', `echo \${hosts[1]} \${#hosts[@]}`], 'worker-1 2\n'],
    ['options', ['set -o pipefail', 'false | true; echo $?'], '1\n'],
    [
      'what was exported, and from children what was not',
      ['export A=1; B=2', 'bash -c \'echo "[$A$B]"\'; env | grep -c "^B="'],
      '[1]\n0\n',
    ],
  ])('%s', async (_, lines, wanted) => {
    expect((await say(...lines)).at(-1)).toBe(wanted)
  })

  it('leaves a shell within the shell where a line says so', async () => {
    const shell = openShell()
    await shell.run('ssh worker-1')
    expect(shell.depth()).toBe(2)
    expect(await shell.run('hostname && exit 3')).toMatchObject({ stdout: 'worker-1\n', exit: 3 })
    expect(shell.depth()).toBe(1)
    expect((await shell.run('(exit 2); bash -c "exit 3"; echo here')).stdout).toBe('here\n')
  })

  it('shows children only what is exported, also one variable for one command', async () => {
    expect(
      (await say('A=3 printenv A; printenv A', 'env -i B=4 env | grep -c .', 'printenv HOME')).join(''),
    ).toBe('3\n2\n/root\n')
  })
})

describe('what ends a line', () => {
  it('is a deadline, after which nothing more of it runs', async () => {
    const shell = openShell()
    expect(await shell.run("timeout 2 bash -c 'echo a; sleep 5; echo b'; echo $?")).toMatchObject({
      stdout: 'a\n124\n',
    })
    expect(await shell.run('echo a; sleep 50; echo b', { limitMs: 10_000 })).toMatchObject({
      stdout: 'a\n',
      isOutOfTime: true,
    })
    expect((await shell.run('timeout 20 bash -c "until false; do sleep 1; done"; echo $?')).stdout).toBe(
      '124\n',
    )
  })

  it('is a loop without an end, sooner or later, as if stopped by hand', async () => {
    const { stdout, exit } = await openShell().run('while :; do :; done; echo after')
    expect({ stdout, exit }).toEqual({ stdout: '', exit: 130 })
  })

  it('is a person, who then sees what a loop had said', async () => {
    const shell = openShell()
    const stop = new AbortController()
    const seen: string[] = []
    const ran = await shell.run('cd /etc; for i in 1 2 3 4; do echo "turn $i"; sleep 1; done; echo after', {
      signal: stop.signal,
      onOutput: text => {
        seen.push(text)
        if (text.includes('turn 2')) stop.abort()
      },
    })
    expect({ seen: seen.join(''), exit: ran.exit, cwd: shell.cwd() }).toEqual({
      seen: 'turn 1\nturn 2\n',
      exit: 130,
      cwd: '/etc',
    })
    expect(ran.stdout).toBe('')
  })

  it('runs what a script sets up for its end', async () => {
    expect(await say('bash -c \'trap "echo bye" EXIT; echo hi; exit 2\'; echo $?')).toEqual(['hi\nbye\n2\n'])
  })
})

describe('devices that every machine has', () => {
  it.each([
    ['head -c 5 /dev/zero | wc -c', '5\n'],
    ['head -c 3 /dev/zero | od -An', ' 000000 000000\n'],
    ['head -c 100 /dev/urandom | wc -c', '100\n'],
    ['seq 200000 | tail -1', '200000\n'],
    ['yes | head -2', 'y\ny\n'],
  ])('%s', async (line, wanted) => {
    expect((await say(line))[0]).toBe(wanted)
  })

  it('writes to the streams through their devices, and keeps nothing there', async () => {
    expect(await openShell().run('echo x | tee /dev/stderr')).toMatchObject({ stdout: 'x\n', stderr: 'x\n' })
    expect(
      await openShell().run('echo x > /dev/stderr; echo y | tee /dev/stdout; cat /dev/stderr'),
    ).toMatchObject({
      stdout: 'y\ny\n',
      stderr: 'x\n',
    })
  })
})

it('a program that was taken away stays away from a copy of the world', async () => {
  const world = openWorld()
  await openShell(world).run('mv /usr/bin/jq /tmp/')
  const copy = structuredClone(world)
  expect((await openShell(copy).run('ls /usr/bin/jq')).stderr).toContain('No such file')
})
