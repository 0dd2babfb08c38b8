import type { Call } from '../../../shell/program.ts'
import { type Found, lsLine, printed } from './found.ts'
import { plainTests, type Test, valuedTests } from './tests.ts'

/** A command that is to be run for something that was found, alone or together with the others. */
export type Run = { readonly words: readonly string[]; readonly found: Found; readonly isJoined: boolean }

/** What a walk makes: what it printed, what it is to run and to remove, and what it goes no further into. */
export type Trace = {
  readonly out: string[]
  readonly runs: Run[]
  readonly removed: Found[]
  readonly pruned: Set<string>
}

const aliases: Readonly<Record<string, string>> = {
  '-wholename': '-path',
  '-cmin': '-mmin',
  '-amin': '-mmin',
  '-ctime': '-mtime',
  '-atime': '-mtime',
  '-cnewer': '-newer',
}

/** An expression of find(1) as it is read: its tests, and what they print and keep on the way. */
export class Expression {
  least = 0
  most = Number.POSITIVE_INFINITY
  problem: string | undefined
  readonly trace: Trace = { out: [], runs: [], removed: [], pruned: new Set() }
  readonly holds: Test
  private readonly call: Call
  private readonly words: readonly string[]
  private at = 0
  private hasAction = false

  constructor(call: Call, words: readonly string[]) {
    this.call = call
    this.words = words
    const whole = this.readAny()
    const { out } = this.trace
    this.holds = this.hasAction ? whole : found => whole(found) && out.push(`${found.shown}\n`) > 0
  }

  private act(deed: (found: Found) => unknown): Test {
    this.hasAction = true
    return found => {
      deed(found)
      return true
    }
  }

  private readRun(): Test {
    const { words, trace } = this
    const end = words.findIndex((word, index) => index >= this.at && (word === ';' || word === '+'))
    if (end === -1) this.problem ??= "find: missing argument to `-exec'"
    const parts = words.slice(this.at, end)
    this.at = end === -1 ? words.length : end + 1
    return this.act(found => trace.runs.push({ words: parts, found, isJoined: words[end] === '+' }))
  }

  private readAction(name: string): Test | undefined {
    const { call, trace } = this
    const { out, removed, pruned } = trace
    switch (name) {
      case '-print':
        return this.act(({ shown }) => out.push(`${shown}\n`))
      case '-print0':
        return this.act(({ shown }) => out.push(`${shown}\0`))
      case '-ls':
        return this.act(found => out.push(lsLine(call, found)))
      case '-printf': {
        const format = this.words[this.at++] ?? ''
        return this.act(found => out.push(printed(call, found, format)))
      }
      case '-delete':
        return this.act(found => removed.push(found))
      case '-exec':
        return this.readRun()
      case '-prune':
        return ({ path }) => pruned.add(path).has(path)
      default:
        return undefined
    }
  }

  private readDepth(word: string): Test {
    const depth = Number(this.words[this.at++])
    if (word === '-maxdepth') this.most = depth
    else this.least = depth
    return () => true
  }

  private readTest(word: string): Test {
    const name = aliases[word] ?? word
    const action = this.readAction(name)
    if (action !== undefined) return action
    const plain = plainTests[name]
    if (plain !== undefined) return plain(this.call)
    const valued = valuedTests[name]
    if (valued === undefined) this.problem ??= `find: unknown predicate \`${word}'`
    else if (this.words[this.at] === undefined) this.problem ??= `find: missing argument to \`${word}'`
    const test = valued?.(this.call, this.words[this.at++] ?? '') ?? ''
    if (typeof test !== 'string') return test
    this.problem ??= test
    return () => false
  }

  private readOne(): Test {
    const word = this.words[this.at++] ?? ''
    if (word === '(') {
      const inner = this.readAny()
      this.at += 1
      return inner
    }
    if (word === '!' || word === '-not') {
      const inner = this.readOne()
      return found => !inner(found)
    }
    return word === '-maxdepth' || word === '-mindepth' ? this.readDepth(word) : this.readTest(word)
  }

  private isAt(...wanted: readonly string[]): boolean {
    return wanted.includes(this.words[this.at] ?? '')
  }

  private readAll(): Test {
    const tests: Test[] = []
    while (this.at < this.words.length && !this.isAt(')', '-o', '-or')) {
      if (this.isAt('-a', '-and')) this.at += 1
      tests.push(this.readOne())
    }
    return found => tests.every(test => test(found))
  }

  private readAny(): Test {
    const tests = [this.readAll()]
    while (this.isAt('-o', '-or')) {
      this.at += 1
      tests.push(this.readAll())
    }
    return found => tests.some(test => test(found))
  }
}
