import { createInterface } from 'node:readline'
import { PassThrough } from 'node:stream'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { searchBack, withReverseSearch } from '../../src/targets/sim/reverse-search.ts'

const history = ['kubectl get nodes', 'ssh worker-1', 'kubectl get pods -A', 'df -h']

/** What is read when keys are pressed, and what was drawn last before the final key. */
const typed = async (keys: string, last = '\r') => {
  const input = new PassThrough()
  const output = new PassThrough()
  const reader = createInterface({ input, output, terminal: true, history: [...history].reverse() })
  const lines: string[] = []
  reader.on('line', line => lines.push(line))
  withReverseSearch(reader, { history, isReading: () => true })
  reader.setPrompt('# ')
  reader.prompt()
  for (const key of keys) {
    input.write(key)
    await nextTurn()
  }
  const drawn = `${reader.getPrompt()}${reader.line}`
  input.write(last)
  await nextTurn()
  reader.close()
  return { lines, drawn }
}

it('finds the newest line that holds what is typed, and runs it', async () => {
  expect(await typed('\x12kube')).toEqual({
    lines: ['kubectl get pods -A'],
    drawn: "(reverse-i-search)`kube': kubectl get pods -A",
  })
})

it('goes on to an older one with Ctrl-R again, and says when there is none', async () => {
  expect((await typed('\x12kube\x12')).lines).toEqual(['kubectl get nodes'])
  expect((await typed('\x12kube\x12\x12')).drawn).toBe("(failed reverse-i-search)`kube': kubectl get nodes")
})

it('looks anew when a letter is taken back', async () => {
  expect((await typed('\x12kubectl get n\x7fp')).lines).toEqual(['kubectl get pods -A'])
})

it('takes the line over with any other key, to be changed', async () => {
  expect((await typed('\x12ssh\x05 uptime')).lines).toEqual(['ssh worker-1 uptime'])
})

it('leaves what stood there with Ctrl-G', async () => {
  expect((await typed('echo one\x12kube\x07')).lines).toEqual(['echo one'])
})

it('searches a history backwards', () => {
  expect(searchBack(history, 'get', 4)).toEqual({ at: 2, line: 'kubectl get pods -A', column: 8 })
  expect(searchBack(history, 'get', 2)).toMatchObject({ at: 0 })
  expect(searchBack(history, 'helm', 4)).toBeUndefined()
})
