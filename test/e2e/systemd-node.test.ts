import { spawnSync } from 'node:child_process'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { jsonLines, programArgv } from '../kit/program.ts'
import { environmentWithSsh } from '../kit/ssh-program.ts'
import { hasSystemdNode, type SystemdNode, startSystemdNode } from '../kit/systemd-node.ts'
import { waitFor } from '../kit/wait-for.ts'

const CONFIG = '/var/lib/kubelet/config.yaml'
const MINION = '/etc/salt/minion'

/** Ends as the real kubelet does without its configuration; its words are those of version 1.28. */
const kubelet = `#!/bin/sh
if [ -f ${CONFIG} ]; then exec sleep infinity; fi
echo 'E1121 06:30:16.102030    '$$' run.go:74] "command failed" err="failed to load kubelet config file, path: ${CONFIG}, error: open ${CONFIG}: no such file or directory"' >&2
exit 1
`
const minion = `#!/bin/sh
[ -f ${MINION} ] && exec sleep infinity
echo '[CRITICAL] The configuration file ${MINION} cannot be read' >&2
exit 78
`
const unit = (description: string, program: string, service = ''): string =>
  `[Unit]\nDescription=${description}\nStartLimitIntervalSec=0\n[Service]\nExecStart=${program}\n${service}\n[Install]\nWantedBy=multi-user.target\n`

const kubeletUnit = '/etc/systemd/system/kubelet.service'
const kubeletIs = (service: string): string =>
  unit('kubelet: The Kubernetes Node Agent', '/usr/local/bin/kubelet', service)

const files = {
  '/etc/hosts': '127.0.0.1 localhost node-1\n',
  '/usr/local/bin/kubelet': kubelet,
  '/usr/local/bin/salt-minion': minion,
  '/etc/systemd/system/salt-minion-rafay.service': unit('The Salt Minion', '/usr/local/bin/salt-minion'),
  '/etc/systemd/system/containerd.service': unit('containerd container runtime', '/bin/sleep infinity'),
  [kubeletUnit]: kubeletIs(''),
  // How busy the machine is that the tests run on is none of the node's.
  '/usr/local/bin/nproc': '#!/bin/sh\necho 64\n',
  '/usr/local/bin/top':
    '#!/bin/sh\necho "%Cpu(s):  3.1 us,  1.2 sy,  0.0 ni, 95.2 id,  0.4 wa,  0.0 hi,  0.1 si,  0.0 st"\n',
}

const LONG_MS = 90_000

describe.skipIf(!hasSystemdNode())('a node with a real systemd', () => {
  let node: SystemdNode
  beforeAll(async () => {
    node = await startSystemdNode({
      files,
      enabled: ['kubelet.service', 'containerd.service', 'salt-minion-rafay.service'],
    })
  }, LONG_MS)
  afterAll(() => node.end())

  const healthy = `mkdir -p /var/lib/kubelet /etc/salt; touch ${CONFIG} ${MINION}; systemctl reset-failed; systemctl restart kubelet salt-minion-rafay`
  beforeEach(() => {
    node.write(kubeletUnit, kubeletIs(''))
    node.run(`systemctl daemon-reload; ${healthy}`)
  })

  const stateOf = (name: string): string => node.run(`systemctl show -p ActiveState,SubState ${name}`)
  const waitForState = (name: string, state: string): Promise<unknown> =>
    waitFor({
      what: `${name} to be ${state}`,
      probe: () => (stateOf(name).includes(state) ? true : undefined),
      onTimeout: () => node.run(`systemctl status ${name} --no-pager`),
    })

  const run = (args: readonly string[], input = '') => {
    const [program = '', ...words] = programArgv
    const env = environmentWithSsh(node.configFile)
    return spawnSync(program, [...words, ...args, '--target', 'ssh:lab'], { encoding: 'utf8', input, env })
  }
  const triage = (): { readonly causes: readonly unknown[]; readonly path: readonly unknown[] } => {
    const closed = jsonLines(run(['auto', 'mks-node', '--json']).stdout).at(-1)
    return { causes: closed?.causes as [], path: closed?.path as [] }
  }

  it(
    'shows a kubelet that failed, with the reason',
    async () => {
      node.run(`rm ${CONFIG}; systemctl restart kubelet`)
      await waitForState('kubelet', 'SubState=failed')
      const { causes, path } = triage()
      expect(causes).toEqual(expect.arrayContaining(['kubelet-down', 'kubelet-misconfigured']))
      expect(causes).toHaveLength(2)
      expect(path.slice(0, 4)).toEqual([
        'first-checks',
        'failed-services',
        'kubelet',
        'kubelet-configuration',
      ])
    },
    LONG_MS,
  )

  it(
    'shows a kubelet that is started again and again, which is in no list of failed units',
    async () => {
      node.write(kubeletUnit, kubeletIs('Restart=always\nRestartSec=10'))
      node.run(`rm ${CONFIG}; systemctl daemon-reload; systemctl restart kubelet`)
      await waitForState('kubelet', 'SubState=auto-restart')
      const { causes, path } = triage()
      expect(causes).toEqual(expect.arrayContaining(['kubelet-down', 'kubelet-misconfigured']))
      expect(causes).toHaveLength(2)
      expect(path).toEqual(expect.arrayContaining(['failed-services', 'kubelet', 'kubelet-configuration']))
    },
    LONG_MS,
  )

  it(
    'shows a minion that ended for want of its configuration',
    async () => {
      node.run(`rm ${MINION}; systemctl restart salt-minion-rafay`)
      await waitForState('salt-minion-rafay', 'SubState=failed')
      const { causes, path } = triage()
      expect(causes).toEqual(['salt-minion-down'])
      expect(path.at(-1)).toBe('start-the-minion')
      expect(node.run('systemctl show -p ExecMainStatus salt-minion-rafay').trim()).toBe('ExecMainStatus=78')
    },
    LONG_MS,
  )

  it(
    'is repaired by the fix that the runbook leads to, once it is approved, and the check passes then',
    async () => {
      node.run(`rm ${CONFIG}; systemctl restart kubelet`)
      await waitForState('kubelet', 'SubState=failed')
      node.run(`touch ${CONFIG}`)
      // Within one second a journal does not tell what came first.
      const failedAt = node.run('date +%s')
      await waitFor({
        what: 'the second to pass',
        probe: () => node.run('date +%s') !== failedAt || undefined,
      })
      const fix = ['open', 'mks-node#start-the-kubelet', '--plain']
      run(fix, 'c1\nno\nq\n')
      expect(stateOf('kubelet')).toContain('SubState=failed')
      const { stdout } = run(fix, 'c1\nrun\nn\nr\nq\n')
      expect(stdout).toContain('## Check the kubelet')
      expect(stdout).toMatch(/Active: active \(running\)/)
      expect(stdout.slice(stdout.lastIndexOf('\nNext\n'))).toMatch(/RECOMMENDED Static pods/)
      expect(stateOf('kubelet')).toContain('SubState=running')
    },
    LONG_MS,
  )
})
