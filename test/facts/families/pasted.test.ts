import { describe, expect, it } from 'vitest'
import { factsOf } from '../../kit/recorded-output.ts'

describe('an output that was pasted with its prompt', () => {
  it.each([
    [
      'uname -r',
      'root@node1:~# uname -r\n6.1.0-28-amd64\nroot@node1:~# ',
      { kernel: { release: '6.1.0-28-amd64' } },
    ],
    ['hostname', '[root@w1 ~]# hostname\nw1\n[root@w1 ~]#\n', { hostname: 'w1' }],
    ['sysctl -n vm.swappiness', '$ sysctl -n vm.swappiness\n60\n', { sysctl: { 'vm.swappiness': 60 } }],
    [
      'cat /proc/sys/fs/file-max',
      'node-1$ cat /proc/sys/fs/file-max\n1000\n',
      { sysctl: { 'fs.file-max': 1000 } },
    ],
    ['ulimit -n', '# ulimit -n\n1024\n', { limits: [{ name: 'open files', option: 'n', soft: 1024 }] }],
  ])('is read as %s alone', (command, text, facts) => {
    expect(factsOf(command, text).facts).toEqual(facts)
  })

  it('keeps short answers of dig apart from the question', () => {
    const text = 'debug-pod$ dig +short kubernetes.default.svc.cluster.local\n10.96.0.1\ndebug-pod$ \n'
    expect(factsOf('dig +short kubernetes.default.svc.cluster.local', text).facts.dnsQueries).toMatchObject([
      { addresses: ['10.96.0.1'], answers: [{ value: '10.96.0.1' }] },
    ])
  })

  it('is read with carriage returns and a repeated header too', () => {
    const listing = 'Chain INPUT (policy ACCEPT)\r\ntarget     prot opt source               destination\r\n'
    const rule = 'DROP       udp  --  anywhere             anywhere             udp dpt:8472\r\n'
    const { facts } = factsOf('iptables -L', `root@n1:~# iptables -L\r\n${listing}${rule}`)
    expect(facts.firewallRules).toMatchObject([
      { target: 'DROP', destinationPorts: [{ from: 8472, to: 8472 }] },
    ])
    const header = ' r  b   swpd   free   buff  cache   si   so    bi    bo   in   cs us sy id wa st\n'
    const sample = ' 2  0      0 239996   5604 515636    0    0   642   136  215  301  5  2 92  0  0\n'
    expect(factsOf('vmstat 1 2', header + sample + header + sample).facts.activity).toHaveLength(2)
  })
})

describe('several outputs in one text', () => {
  it('are read by those that know them, and by no other', () => {
    const text = `6.1.0-28-amd64
4.0K\t/var/lib/kubelet
br_netfilter           32768  0
#subsys_name\thierarchy\tnum_cgroups\tenabled
cpuset\t6\t16\t1
 r  b   swpd   free   buff  cache   si   so    bi    bo   in   cs us sy id wa st
 2  0      0 239996   5604 515636    0    0   642   136  215  301  5  2 92  0  0
10.96.0.1
`
    const command =
      'uname -r; du -sh /var/lib/kubelet; lsmod | grep br_; cat /proc/cgroups; vmstat; dig +short kubernetes.default'
    const { facts } = factsOf(command, text)
    expect(facts.kernel).toEqual({ release: '6.1.0-28-amd64' })
    expect(facts.directorySizes).toEqual([{ path: '/var/lib/kubelet', size: 4096 }])
    expect(facts.kernelModules).toMatchObject([{ name: 'br_netfilter' }])
    expect(facts.cgroupControllers).toMatchObject([{ name: 'cpuset' }])
    expect(facts.activity).toHaveLength(1)
    expect(facts.dnsQueries).toMatchObject([{ addresses: ['10.96.0.1'] }])
  })

  it('leave a certificate the name of its file, whatever files are listed beside it', () => {
    const text = 'apiserver.crt\nsa.key\nnotAfter=Jul  1 00:00:00 2025 GMT\n'
    const command = 'ls /etc/kubernetes/pki; openssl x509 -in /etc/kubernetes/pki/ca.crt -noout -enddate'
    expect(factsOf(command, text).facts.certificates).toEqual([
      { name: '/etc/kubernetes/pki/ca.crt', notAfter: '2025-07-01T00:00:00Z' },
    ])
  })
})

describe('openssl at the end of a pipeline', () => {
  it('is what prints the output', () => {
    const dates = 'notBefore=Jun  1 00:00:00 2025 GMT\nnotAfter=Jul  1 00:00:00 2025 GMT\n'
    const command = 'echo | openssl s_client -connect 10.1.0.11:6443 2>/dev/null | openssl x509 -noout -dates'
    expect(factsOf(command, dates).facts.certificates).toMatchObject([{ notAfter: '2025-07-01T00:00:00Z' }])
    expect(
      factsOf('sudo cat /etc/kubernetes/pki/ca.crt | sudo openssl x509 -noout -dates', dates).parser,
    ).toBe('openssl-x509')
  })

  it('gives digests to compare a certificate with its key', () => {
    const text = 'MD5(stdin)= 5eb63bbbe01eeed093cb22bb8f5acdc3\n'
    const command = 'openssl x509 -noout -modulus -in apiserver.crt | openssl md5'
    expect(factsOf(command, text).facts.digests).toEqual([
      { name: 'stdin', algorithm: 'md5', value: '5eb63bbbe01eeed093cb22bb8f5acdc3' },
    ])
    const old = '(stdin)= 5eb63bbbe01eeed093cb22bb8f5acdc3\n'
    expect(factsOf(command, old).facts.digests).toMatchObject([{ algorithm: 'md5' }])
  })
})

it('reads what a pod that lives for one command printed', () => {
  const text =
    "Server:\t\t10.96.0.10\nAddress:\t10.96.0.10:53\n\n** server can't find kubernetes.default: NXDOMAIN\n"
  const command = 'kubectl run -it --rm debug --image=busybox --restart=Never -- nslookup kubernetes.default'
  expect(factsOf(command, text, { exitCode: 1 }).facts.dnsQueries).toMatchObject([
    { name: 'kubernetes.default', status: 'NXDOMAIN' },
  ])
})
