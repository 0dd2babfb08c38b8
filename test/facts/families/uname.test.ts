import { describe, expect, it } from 'vitest'
import { factsOf, factsOfRecorded } from '../../kit/recorded-output.ts'

const kernel = (name: string) => factsOfRecorded('uname', name).facts.kernel

describe('uname', () => {
  it('reads everything, blanks in the version included', () => {
    expect(kernel('all')).toEqual({
      name: 'Linux',
      host: 'node1',
      release: '6.1.0-28-amd64',
      version: '#1 SMP PREEMPT_DYNAMIC Debian 6.1.119-1 (2024-11-22)',
      machine: 'x86_64',
      operatingSystem: 'GNU/Linux',
    })
    expect(kernel('recorded')).toMatchObject({ host: 'box1', version: '#1 SMP PREEMPT_DYNAMIC @0' })
  })

  it('reads RHEL, which repeats the machine, and Alpine', () => {
    const rhel =
      'Linux w1.lab 4.18.0-553.el8.x86_64 #1 SMP Fri May 10 15:19:13 EDT 2024 x86_64 x86_64 x86_64 GNU/Linux\n'
    expect(factsOf('uname -a', rhel).facts.kernel).toEqual({
      name: 'Linux',
      host: 'w1.lab',
      release: '4.18.0-553.el8.x86_64',
      version: '#1 SMP Fri May 10 15:19:13 EDT 2024',
      machine: 'x86_64',
      processor: 'x86_64',
      platform: 'x86_64',
      operatingSystem: 'GNU/Linux',
    })
    const alpine = 'Linux edge 6.6.58-0-lts #1-Alpine SMP PREEMPT_DYNAMIC 2024-10-23 aarch64 Linux\n'
    expect(factsOf('uname -a', alpine).facts.kernel).toMatchObject({
      machine: 'aarch64',
      operatingSystem: 'Linux',
    })
  })

  it('names the fields that were asked for', () => {
    expect(kernel('release')).toEqual({ release: '6.1.0-28-amd64' })
    expect(kernel('several')).toEqual({ name: 'Linux', release: '6.1.0-28-amd64', machine: 'x86_64' })
    expect(factsOf('uname -vm', '#1 SMP Debian 6.1 x86_64\n').facts.kernel).toEqual({
      version: '#1 SMP Debian 6.1',
      machine: 'x86_64',
    })
  })
})
