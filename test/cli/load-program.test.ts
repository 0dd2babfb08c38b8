import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

const source = fileURLToPath(new URL('../../src/cli/load-program.ts', import.meta.url))

const scripts = {
  'main.js':
    '(function(module,require,__url){const{double}=require("./double.js");console.log(double(Number(process.env.TIMES??0)),require("node:path").basename(__url))})',
  'double.js':
    '(function(module){module.exports.double=n=>n===0?0:twice(n);const twice=n=>{let sum=0;for(let i=0;i<n;i++){sum+=2;if(sum<0)throw new Error("less than nothing")}return sum}})',
}

describe('a program of scripts', () => {
  let folder = ''
  let kept = ''

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'runtree-load-'))
    kept = join(folder, 'kept')
    for (const [name, text] of Object.entries(scripts)) writeFileSync(join(folder, name), text)
    describeProgram('one')
  })

  const describeProgram = (build: string, groups: Record<string, string> = {}): void =>
    writeFileSync(join(folder, 'program.json'), JSON.stringify({ build, groups }))

  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  const start = (env: Record<string, string> = {}, at: string | null = kept): string => {
    const program = `(await import(${JSON.stringify(source)})).loadProgram('main.js', ${JSON.stringify({ folder, kept: at ?? undefined })})`
    const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
      encoding: 'utf8',
      timeout: 20_000,
      env: { ...process.env, ...env },
    })
    return stdout + stderr
  }

  const engine = `${process.version}-${process.arch}-one`
  const keptFile = (name: string): string => join(kept, engine, name)

  it('runs, and leaves what was compiled for the next start, which takes it as it is', () => {
    expect(start()).toBe('0 main.js\n')
    expect(readdirSync(join(kept, engine)).toSorted()).toEqual(['double.js', 'main.js'])
    const first = statSync(keptFile('double.js'))
    expect(start({ TIMES: '4' })).toBe('8 main.js\n')
    expect(statSync(keptFile('double.js')).ino).toBe(first.ino)
  })

  it('adds what a start of the build compiles', () => {
    start()
    const before = readFileSync(keptFile('double.js')).length
    expect(start({ TIMES: '4', RUNTREE_KEEP_COMPILED: '1' })).toBe('8 main.js\n')
    expect(readFileSync(keptFile('double.js')).length).toBeGreaterThan(before)
  })

  it('takes what was kept of scripts on both sides of a change of the switches', () => {
    writeFileSync(
      join(folder, 'main.js'),
      '(function(module,require){require("./engine-flags.js").setEngineFlag("semi-space-growth-factor",1);require("./double.js")})',
    )
    const kept = (): readonly number[] => ['main.js', 'double.js'].map(name => statSync(keptFile(name)).ino)
    start()
    const first = kept()
    start()
    expect(kept()).toEqual(first)
  })

  it('takes nothing of another build, the scripts of which may be of the same length', () => {
    start()
    writeFileSync(join(folder, 'double.js'), scripts['double.js'].replace('sum+=2', 'sum+=3'))
    describeProgram('two')
    expect(start({ TIMES: '4' })).toBe('12 main.js\n')
    expect(readdirSync(kept)).toEqual([engine.replace('one', 'two')])
  })

  it('finds scripts that share a file', () => {
    const bodies = Object.entries(scripts).map(([name, text]) => `"${name}":${text.slice(1, -1)}`)
    writeFileSync(join(folder, 'group-1.js'), `({${bodies.join(',')}})`)
    for (const name of Object.keys(scripts)) rmSync(join(folder, name))
    describeProgram('one', { 'main.js': 'group-1.js', 'double.js': 'group-1.js' })
    expect(start({ TIMES: '4' })).toBe('8 main.js\n')
    expect(readdirSync(join(kept, engine))).toEqual(['group-1.js'])
  })

  it('makes anew what another engine or a torn write has left', () => {
    start()
    for (const text of ['', 'no code of any engine']) {
      writeFileSync(keptFile('double.js'), text)
      expect(start({ TIMES: '1' })).toBe('2 main.js\n')
      expect(readFileSync(keptFile('double.js')).length).toBeGreaterThan(100)
    }
  })

  it('does not mind a place where nothing can be kept', () => {
    expect(start({}, '/proc/nowhere')).toBe('0 main.js\n')
    expect(start({}, null)).toBe('0 main.js\n')
  })

  it('shows where an error arose', () => {
    writeFileSync(join(folder, 'main.js'), '(function(){\nthrow new Error("broken")})')
    expect(start()).toContain(`${join(folder, 'main.js')}:2`)
  })
})
