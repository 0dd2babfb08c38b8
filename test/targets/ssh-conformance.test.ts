import { afterAll, beforeAll, describe } from 'vitest'
import { hasSshd, type Sshd, startSshd } from '../kit/sshd.ts'
import { describeExecutor } from './conformance.ts'
import { openSshTarget } from './ssh-target.ts'

describe.skipIf(!hasSshd())('through ssh', () => {
  let sshd: Sshd
  beforeAll(async () => {
    sshd = await startSshd()
  })
  afterAll(() => sshd.end())

  describeExecutor({ name: 'ssh', open: async () => openSshTarget(sshd) })
})
