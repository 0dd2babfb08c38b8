import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createLocalExecutor, createPlaceRouter, type Executor, nameTarget } from '../../src/targets/index.ts'
import { runLine } from '../kit/run-line.ts'

const home = { target: 'ssh:ops@node-1', host: 'node-1' }
const name = (place: string, text: string) => nameTarget(place, text, { home, localHost: 'desk' })

describe('a target for a place', () => {
  it('is the own machine, this one, or one behind ssh', () => {
    expect(name('worker', 'ssh:ops@node-1')).toEqual(home)
    expect(name('workstation', 'local')).toEqual({ target: 'local', host: 'desk' })
    expect(name('node-2', 'ssh:node-2:2222')).toEqual({ target: 'ssh:node-2:2222', host: 'node-2' })
  })

  it('is inside of a machine for planet, and for a pod by its name', () => {
    const planet = { target: 'planet@ssh:ops@node-1', host: 'node-1' }
    for (const text of ['ssh:ops@node-1', 'planet', 'planet@ssh:ops@node-1'])
      expect(name('planet', text)).toEqual(planet)
    expect(name('pod', 'pod:kube-system/coredns-5d78c9869d-abcde')).toEqual({
      target: 'pod:kube-system/coredns-5d78c9869d-abcde@ssh:ops@node-1',
      host: 'coredns-5d78c9869d-abcde',
    })
    expect(name('debug-pod', 'pod:a/b/c@local')).toEqual({ target: 'pod:a/b/c@local', host: 'b' })
  })

  it('is nothing where the text names none', () => {
    for (const text of ['', 'node-1', 'ssh:-oProxyCommand=x', 'pod:', 'pod:A_b', 'pod:x@', 'ssh:', 'sim'])
      expect(name('node', text)).toBeUndefined()
  })
})

type Route = { readonly router: Executor; readonly opened: readonly string[] }

/** A router whose targets all lead to this machine, where `gravity` and `kubectl` are programs that run what they are given. */
const openRouter = (): Route => {
  const folder = mkdtempSync(join(tmpdir(), 'runtree-test-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const bin = join(folder, 'bin')
  mkdirSync(bin)
  const program = (file: string, text: string): void => {
    writeFileSync(join(bin, file), `#!/bin/bash\n${text}\n`)
    chmodSync(join(bin, file), 0o755)
  }
  program('gravity', 'for word; do [ "$word" != -- ] || exit 90; done; shift; exec "$@"')
  program('kubectl', 'until [ "$1" = -- ]; do echo "kubectl $1" >&2; shift; done; shift; exec "$@"')
  program('sudo', 'exec "$@"')
  const opened: string[] = []
  const create = (target: string): Executor => {
    opened.push(target)
    const env = { ...process.env, PATH: `${bin}:${process.env.PATH}` }
    return createLocalExecutor({ lendTerminal: use => use(), env, host: target })
  }
  const router = createPlaceRouter({
    home: create('local'),
    open: target => (target.startsWith('ssh:') ? create(target) : undefined),
  })
  onTestFinished(router.close)
  return { router, opened }
}

describe('a router', () => {
  it('gives each target a state of its own, and opens it once', async () => {
    const { router, opened } = openRouter()
    const there = { target: 'ssh:cp-1' }
    await runLine(router, 'cd /usr; export A=1')
    await runLine(router, 'cd /etc; export A=2', there)
    expect((await runLine(router, 'pwd; echo $A')).stdout).toBe('/usr\n1\n')
    expect((await runLine(router, 'pwd; echo $A', there)).stdout).toBe('/etc\n2\n')
    await runLine(router, 'true', { target: 'planet@ssh:cp-1' })
    expect(opened).toEqual(['local', 'ssh:cp-1'])
  })

  it('says so when a target leads nowhere', async () => {
    const { router } = openRouter()
    const { outcome } = await runLine(router, 'true', { target: 'sim:dr-1' })
    expect(outcome).toMatchObject({ kind: 'not-started', message: expect.stringContaining('"sim:dr-1"') })
  })

  it('hands a request whole to a target that knows its places', async () => {
    const places: (string | undefined)[] = []
    const cluster: Executor = {
      target: { name: 'sim', host: 'desk', reach: 'cluster' },
      hostOf: place => place,
      run: async ({ place }) => {
        places.push(place)
        return { kind: 'exited', code: 0 }
      },
      close: async () => undefined,
    }
    const router = createPlaceRouter({ home: cluster, open: () => undefined })
    await runLine(router, 'true', { place: 'node-2', target: 'sim' })
    expect([places, router.hostOf?.('node-2'), router.target.reach]).toEqual([
      ['node-2'],
      'node-2',
      'cluster',
    ])
  })
})

describe('a command inside of something', () => {
  it('goes through kubectl exec to the pod, with its namespace, its container and its folder', async () => {
    const { router } = openRouter()
    const { outcome, stdout, stderr } = await runLine(router, 'pwd; exit 3', {
      target: 'pod:kube-system/dns/c1@local',
      cwd: '/usr',
    })
    expect({ outcome, stdout }).toEqual({ outcome: { kind: 'exited', code: 3 }, stdout: '/usr\n' })
    expect(stderr.split('\n').map(line => line.replace('kubectl ', ''))).toEqual([
      'exec',
      '-n',
      'kube-system',
      '-c',
      'c1',
      'dns',
      '',
    ])
  })

  it('reaches the shell in there as it was written, whatever it holds', async () => {
    const { router } = openRouter()
    const text = fc.string({ unit: 'grapheme', maxLength: 40 }).map(value => value.replaceAll('\0', ''))
    const nasty = fc.constantFrom(
      "'",
      '"',
      '$(id)',
      '`id`',
      '\\',
      '--',
      '; exit 9',
      '\n',
      "'\\''",
      ' # ',
      '!!',
      '&&',
      '<<E',
    )
    const value = fc.array(fc.oneof(text, nasty), { maxLength: 6 }).map(parts => parts.join(''))
    await fc.assert(
      fc.asyncProperty(value, fc.constantFrom('planet@local', 'pod:web@local'), async (raw, target) => {
        const words = `'${raw.replaceAll("'", `'\\''`)}'`
        const { outcome, stdout } = await runLine(
          router,
          `printf '%s' ${words} | od -An -tx1 | tr -d ' \\n'`,
          { target },
        )
        expect(outcome).toEqual({ kind: 'exited', code: 0 })
        expect(stdout).toBe(Buffer.from(raw, 'utf8').toString('hex'))
      }),
      { numRuns: 40 },
    )
  })
})
