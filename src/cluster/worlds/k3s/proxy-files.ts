import { makeFolder, readText, writeText } from '../../files/file-tree.ts'
import { encodeCertificate, encodeKey } from '../../relations/certificate.ts'
import { mainAddressOf } from '../../relations/find-machine.ts'
import { PID_FILE, PROXY_SETTINGS, proxyUnitOf } from '../../relations/haproxy/proxy-state.ts'
import { issueCertificate } from '../kube/pki.ts'
import type { K3sSetup } from './k3s-setup.ts'
import { writeProgram } from './write-program.ts'

const head: readonly string[] = [
  'global',
  '    log /dev/log local0',
  '    log /dev/log local1 notice',
  '    chroot /var/lib/haproxy',
  '    stats socket /run/haproxy/admin.sock mode 660 level admin expose-fd listeners',
  '    stats timeout 30s',
  '    user haproxy',
  '    group haproxy',
  '    daemon',
  '    maxconn 4000',
  '',
  'defaults',
  '    log global',
  '    mode http',
  '    option httplog',
  '    option dontlognull',
  '    timeout connect 5s',
  '    timeout client 50s',
  '    timeout server 50s',
  '',
]

/** The pages that the package brings for the settings to name. */
const errorPages = [
  [400, 'Bad request', 'Your browser sent an invalid request.'],
  [403, 'Forbidden', 'Request forbidden by administrative rules.'],
  [408, 'Request Time-out', "Your browser didn't send a complete request in time."],
  [500, 'Internal Server Error', 'An internal server error occurred.'],
  [502, 'Bad Gateway', 'The server returned an invalid or incomplete response.'],
  [503, 'Service Unavailable', 'No server is available to handle this request.'],
  [504, 'Gateway Time-out', "The server didn't respond in time."],
] as const

const errorPage = (status: number, title: string, text: string): string =>
  `HTTP/1.0 ${status} ${title}\r\nCache-Control: no-cache\r\nConnection: close\r\nContent-Type: text/html\r\n\r\n<html><body><h1>${status} ${title}</h1>\n${text}\n</body></html>\n`

/** Whom the package makes for its workers. */
const accounts = [
  ['/etc/passwd', 'haproxy:x:115:122::/var/lib/haproxy:/usr/sbin/nologin'],
  ['/etc/group', 'haproxy:x:122:'],
] as const

const settings = ({ controlPlanes, workers, rancherHost }: K3sSetup): string => {
  const nodes = [...controlPlanes, ...workers]
  const servers = (machines: typeof nodes, port: number, options: string): readonly string[] =>
    machines.map(machine => `    server ${machine.name} ${mainAddressOf(machine)}:${port} ${options}`)
  return [
    ...head,
    'frontend http_front',
    '    bind *:80',
    '    redirect scheme https code 301',
    '',
    'frontend https_front',
    `    bind *:443 ssl crt /etc/haproxy/certs/${rancherHost}.pem`,
    '    http-request set-header X-Forwarded-Proto https',
    '    default_backend backend_rancher',
    '',
    'backend backend_rancher',
    '    balance roundrobin',
    '    option httpchk GET /healthz',
    `    http-check send hdr Host ${rancherHost}`,
    '    http-check expect status 200',
    ...servers(nodes, 443, 'check ssl verify none inter 3s fall 3 rise 2'),
    '',
    'frontend k3s_api',
    '    bind *:6443',
    '    mode tcp',
    '    option tcplog',
    '    default_backend backend_k3s_api',
    '',
    'backend backend_k3s_api',
    '    mode tcp',
    ...servers([...controlPlanes], 6443, 'check inter 3s fall 3 rise 2'),
    '',
    'listen stats',
    '    bind *:8404',
    '    stats enable',
    '    stats uri /stats',
    '    stats refresh 10s',
    '',
  ].join('\n')
}

/** Writes what the machine of HAProxy has: its settings, the certificate of Rancher's name, its socket. */
export const writeProxyFiles = (setup: K3sSetup): void => {
  const { world, proxy, rancherHost, createdMs: mtimeMs } = setup
  const { files } = proxy
  const authority = issueCertificate(world, undefined, {
    commonName: 'Example Internal CA',
    notBeforeMs: mtimeMs,
  })
  const certificate = issueCertificate(world, authority, {
    commonName: rancherHost,
    dnsNames: [rancherHost],
    notBeforeMs: mtimeMs,
  })
  writeText(files, PID_FILE, {
    text: `${proxyUnitOf(proxy)?.mainPid ?? 0}\n`,
    mode: 0o644,
    mtimeMs: proxy.bootedMs,
  })
  writeText(files, PROXY_SETTINGS, { text: settings(setup), mtimeMs })
  writeText(files, `/etc/haproxy/certs/${rancherHost}.pem`, {
    text: encodeCertificate(certificate) + encodeKey(certificate.keyId),
    mode: 0o600,
    mtimeMs,
  })
  writeText(files, '/etc/default/haproxy', {
    text: '# Defaults file for HAProxy\n#CONFIG="/etc/haproxy/haproxy.cfg"\n#EXTRAOPTS="-de -m 16"\n',
    mtimeMs,
  })
  makeFolder(files, '/var/lib/haproxy', { mtimeMs })
  for (const [status, title, text] of errorPages)
    writeText(files, `/etc/haproxy/errors/${status}.http`, { text: errorPage(status, title, text), mtimeMs })
  for (const [path, line] of accounts)
    writeText(files, path, { text: `${readText(files, path) ?? ''}${line}\n`, mtimeMs })
  writeProgram(proxy, '/usr/sbin/haproxy', { paddingBytes: 2_100_000, mtimeMs })
  writeText(files, '/run/haproxy/admin.sock', {
    text: '',
    mode: 0o660,
    owner: 'haproxy',
    group: 'haproxy',
    mtimeMs: proxy.bootedMs + 8_000,
  })
}
