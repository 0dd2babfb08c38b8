import { describe, expect, it } from 'vitest'
import { commandOfFileName } from '../../../src/cli/explain/command-of-file-name.ts'

describe('the name of a file in a bundle', () => {
  it.each([
    ['bundle/df-h.txt', 'df -h'],
    ['systemctl-status-kubelet.log', 'systemctl status kubelet'],
    ['node-1/kubectl_get_pods.out', 'kubectl get pods'],
    ['journalctl_kubelet.log.gz', 'journalctl kubelet'],
    ['free.stdout', 'free'],
  ])('%s tells the command', (path, command) => {
    expect(commandOfFileName(path)).toBe(command)
  })

  it.each([['syslog'], ['kubelet.log'], ['README.md'], ['notes-from-monday.txt']])('%s tells none', path => {
    expect(commandOfFileName(path)).toBeUndefined()
  })
})
