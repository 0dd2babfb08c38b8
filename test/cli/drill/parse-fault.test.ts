import { describe, expect, it } from 'vitest'
import { parseFault } from '../../../src/cli/drill/parse-fault.ts'

describe('what a teacher injects', () => {
  it('is a line on a machine, or a fault with its parameters', () => {
    expect(parseFault('on worker-1 systemctl stop kubelet ')).toEqual({
      kind: 'run',
      on: 'worker-1',
      line: 'systemctl stop kubelet',
    })
    expect(parseFault('fill-disk machine=worker-1 path=/var/log/big percent=97')).toEqual({
      kind: 'fault',
      name: 'fill-disk',
      parameters: { machine: 'worker-1', path: '/var/log/big', percent: 97 },
    })
  })

  it.each(['', 'on', 'on worker-1', 'no-such', 'no-such a=1'])('says how it is written for "%s"', text => {
    expect(parseFault(text)).toMatch(/Write inject on MACHINE COMMAND.*fill-disk/)
  })

  it('names the word that gives no value', () => {
    expect(parseFault('power-off worker-1')).toBe('"worker-1" gives no value. Write key=value.')
  })
})
