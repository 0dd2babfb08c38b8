import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, onTestFinished } from 'vitest'
import { createSshExecutor } from '../../src/targets/index.ts'
import { runLine } from '../kit/run-line.ts'
import { hasSystemdNode, type SystemdNode, startSystemdNode } from '../kit/systemd-node.ts'
import { describeExecutor, type Subject } from './conformance.ts'
import { programs } from './local-target.ts'
import { withoutWaiting } from './ssh-target.ts'

const open = async (node: SystemdNode): Promise<Subject> => {
  const runtimeFolder = mkdtempSync(join(tmpdir(), 'rt-'))
  const folder = node.run('mktemp -d /var/tmp/runtree-XXXXXX').trim()
  onTestFinished(() => {
    rmSync(runtimeFolder, { recursive: true })
    node.run(`rm -rf ${folder}`)
  })
  const executor = createSshExecutor({
    destination: { host: 'lab' },
    lendTerminal: use => use(),
    asking: 'never',
    configFile: node.configFile,
    runtimeFolder,
  })
  // A login there takes a while; the time limits of the cases are for what comes after.
  await runLine(executor, 'true')
  return { executor, programs: '/opt/programs', folder, leftovers: () => withoutWaiting(node.processes()) }
}

describe.skipIf(!hasSystemdNode())('through ssh into a node with systemd', () => {
  let node: SystemdNode
  beforeAll(async () => {
    node = await startSystemdNode({ copies: { '/opt/programs': programs } })
  })
  afterAll(() => node.end())

  describeExecutor({ name: 'node', open: () => open(node) })
})
