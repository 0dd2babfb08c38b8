import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { CommandRequest, Outcome, OutputChunk } from '../../src/base/index.ts'
import type { Clock, Journal } from '../../src/runtime/index.ts'
import { createNullJournal, createSessionStore } from '../../src/runtime/index.ts'
import type { DecideContext, StampedEvent } from '../../src/session/index.ts'
import type { Executor } from '../../src/targets/index.ts'
import { header, ref } from '../session/kit.ts'

/** A directory that is gone after the test. */
export const temporaryFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'runtree-runtime-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** Each look is a second later. */
export const steppingClock = (): Clock => {
  let seconds = 0
  return {
    now: () => {
      seconds += 1
      return new Date(Date.UTC(2026, 10, 21, 10, 20, seconds)).toISOString()
    },
  }
}

/** What a command of the scripted target does: chunks, then an end; without an end it waits to be stopped. */
export type Scene = {
  readonly chunks?: readonly OutputChunk[]
  readonly outcome?: Outcome
  /** Breaks the promise never to reject. */
  readonly throws?: string
}

/** A target that follows a script: scenes by command line. It says what it was asked, and lets a test speak in between. */
export type ScriptedTarget = {
  readonly executor: Executor
  readonly requests: readonly CommandRequest[]
  /** Sends output for the command that runs. */
  readonly say: (text: string) => void
  readonly end: (outcome: Outcome) => void
}

export const out = (text: string): OutputChunk => ({ stream: 'stdout', text })
export const err = (text: string): OutputChunk => ({ stream: 'stderr', text })

export const scriptedTarget = (scenes: Readonly<Record<string, Scene>> = {}): ScriptedTarget => {
  const requests: CommandRequest[] = []
  let say: (text: string) => void = () => undefined
  let end: (outcome: Outcome) => void = () => undefined
  const executor: Executor = {
    target: { name: 'script', host: 'worker-2', reach: 'machine' },
    run: (request, sink, signal) => {
      requests.push(request)
      const scene = scenes[request.line] ?? {}
      if (scene.throws !== undefined) throw new Error(scene.throws)
      for (const chunk of scene.chunks ?? []) sink(chunk)
      say = text => sink(out(text))
      return new Promise(resolve => {
        end = resolve
        if (scene.outcome !== undefined) resolve(scene.outcome)
        signal.addEventListener('abort', () => resolve({ kind: 'canceled' }))
      })
    },
    close: async () => undefined,
  }
  return { executor, requests, say: text => say(text), end: outcome => end(outcome) }
}

/** A store with a session that stands on its first step. */
export const openStore = (parts: {
  readonly context: DecideContext
  readonly target: ScriptedTarget
  readonly journal?: Journal
  readonly start?: string
}) => {
  const { context, target, journal = createNullJournal(), start = 'a' } = parts
  const store = createSessionStore({ ...context, executor: target.executor, journal, clock: steppingClock() })
  const events: StampedEvent[] = []
  store.onEvent(event => events.push(event))
  store.dispatch({ type: 'begin', header, at: ref(start) })
  return { store, events, types: () => events.map(({ type }) => type) }
}
