import { describe, expect, it } from 'vitest'
import { expandHistory } from '../../src/targets/sim/expand-history.ts'

const history = ['kubectl get nodes', 'systemctl status kubelet', 'cat /etc/hosts']

describe('a reference to an earlier line', () => {
  it.each([
    ['!!', 'cat /etc/hosts'],
    ['sudo !! | head', 'sudo cat /etc/hosts | head'],
    ['ls -l !$', 'ls -l /etc/hosts'],
    ['!1', 'kubectl get nodes'],
    ['!-2', 'systemctl status kubelet'],
    ['!kubectl -o wide', 'kubectl get nodes -o wide'],
  ])('%s is filled in', (line, wanted) => {
    expect(expandHistory(line, history)).toEqual({ line: wanted, isChanged: true })
  })

  it.each(["echo '!!'", 'if ! true; then ls; fi', '[ a != b ]', 'ls [!a]*', 'kill $!', 'echo \\!\\!'])(
    '%s has none',
    line => {
      expect(expandHistory(line, history)).toEqual({ line, isChanged: false })
    },
  )

  it('says which line there is not', () => {
    expect(expandHistory('!vim', history)).toEqual({ problem: 'bash: !vim: event not found' })
  })
})
