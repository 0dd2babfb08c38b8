import { change, changes, doubts, read, type Tools, unknown } from '../tool.ts'
import {
  asksSocket,
  judgeCurl,
  judgeIp,
  judgeIprouteShow,
  judgeNetShow,
  judgeSocat,
  judgeWget,
  startedByIp,
} from './judge-network.ts'

const curlValued =
  '-A --user-agent -b --cookie -c --cookie-jar -C --continue-at -d --data --data-ascii --data-binary --data-raw --data-urlencode -D --dump-header -e --referer -E --cert --cert-type --key --key-type --pass --cacert --capath --ciphers --tls13-ciphers --tls-max --connect-timeout --connect-to --create-file-mode --doh-url --expect100-timeout --interface --keepalive-time --limit-rate --local-port -F --form --form-string -H --header -K --config -m --max-time --max-redirs --max-filesize --noproxy -o --output --output-dir --pinnedpubkey --proto --proto-default --proto-redir -Q --quote -r --range --rate --resolve --retry --retry-delay --retry-max-time --socks5 --socks5-hostname --stderr -t --telnet-option -T --upload-file --trace --trace-ascii -u --user -U --proxy-user --unix-socket --abstract-unix-socket --url --url-query -w --write-out -x --proxy -X --request -y --speed-time -Y --speed-limit -z --time-cond --etag-save --etag-compare --libcurl --hsts --alt-svc --json --dns-servers --happy-eyeballs-timeout-ms --oauth2-bearer --aws-sigv4 --delegation --engine --netrc-file --egd-file --random-file --preproxy --proxy-cacert --proxy-cert --proxy-key --request-target --service-name --variable --crlfile --curves -P --ftp-port --mail-from --mail-rcpt --krb --stderr --variable --vlan-priority --ip-tos'

/** What `ip`, `tc` and `bridge` take in front of the object; any other option could hide a word that is none. */
const iproute = {
  wordOptions: true,
  onlyListed: true,
  optionsFirst: true,
  valued: '-f -family -n -netns -rc -rcvbuf -l -loops',
  flags:
    '-V -Version -h -human -s -stats -statistics -d -details -r -resolve -o -oneline -4 -6 -0 -M -B -t -timestamp -ts -tshort -c -color -br -brief -j -json -p -pretty -N -Numeric -iec -echo -graph -g -compressvlans -nm -name -i -u -raw -a -all',
} as const

/** Options of programs that otherwise only ask. */
const resets: Readonly<Record<string, readonly string[]>> = {
  rpcinfo: ['-d'],
  nfsstat: ['-z', '-Z', '--zero'],
  drill: ['-w', '-q', '-i'],
}

/** Programs that look at the network, its rules and what answers on it. */
export const network: Tools = {
  ip: read('shows addresses, links and routes', {
    ...iproute,
    judge: judgeIp,
    starts: startedByIp,
  }),
  'ss netstat': read('lists sockets', {
    valued: '-f --family -A --query --socket -F --filter -D --diag -N --net',
    options: {
      '-K --kill': changes('closes sockets'),
      '-E --events -c --continuous': { follow: true },
      '-D --diag': changes('writes a file'),
    },
  }),
  ping: read('sends echo requests', {
    follow: true,
    valued: '-c -w -i -s -I -W -t -M -m -l -p -Q -S -T -F',
    options: { '-c -w': { follow: false }, '-f': changes('floods the network') },
  }),
  'ping6 arping fping': read('sends echo requests', {
    follow: true,
    valued: '-c -w -i -s -I -W -t -C',
    options: {
      '-c -w -C': { follow: false },
      '-f': changes('floods the network'),
      '-U -A -P': changes('tells others where an address is'),
    },
  }),
  'traceroute traceroute6 tracepath tracepath6 dig host nslookup drill delv whois showmount rpcinfo nfsstat ipcalc':
    read('asks the network', {
      judge: ({ argv0, options, operands }) =>
        argv0 === 'nslookup' && operands.length === 0
          ? { interactive: true }
          : options.some(option => resets[argv0]?.includes(option.name) === true)
            ? changes('changes what it looks at')
            : undefined,
      plainOperands: true,
    }),
  nmap: read('asks the network', {
    wordOptions: true,
    judge: ({ words }) =>
      words.some(
        word =>
          word.text === undefined ||
          /^-o|^-sC|^-A|^--?(?:script|resume|append|iL|datadir|servicedb|versiondb|stylesheet)/.test(
            word.text,
          ),
      )
        ? doubts('writes files or runs scripts')
        : undefined,
  }),
  mtr: read('traces a route', {
    interactive: true,
    options: { '-r --report -w --report-wide -j --json -x --xml -C --csv': { interactive: false } },
    valued: '-c -i -s -m -f -a',
  }),
  curl: read('fetches a page', { valued: curlValued, judge: judgeCurl }),
  wget: change('downloads to a file', {
    valued:
      '-O --output-document -o --output-file -a --append-output -t --tries -T --timeout -U --user-agent --header --method --post-data --post-file --body-data --body-file -e --execute -i --input-file -P --directory-prefix --ca-certificate --certificate --private-key --user --password -w --wait -Q --quota -B --base -l --level -A -R -D -I -X --connect-timeout --read-timeout --dns-timeout --use-askpass',
    judge: judgeWget,
  }),
  'nc ncat netcat': read('opens a connection', {
    valued: '-w -i -p -s -q -X -x -T -O -I -m -b -e -c',
    options: {
      '-l --listen -k': { effect: 'unknown', because: 'listens', follow: true },
      '-e -c --exec --sh-exec --lua-exec': doubts('starts another program'),
    },
    judge: call =>
      call.options.some(option => option.name === '-z') || asksSocket(call)
        ? undefined
        : call.input.kind === 'inherited'
          ? { effect: 'unknown', because: 'sends what is typed', interactive: true }
          : doubts('sends its input'),
  }),
  'telnet ftp sftp lftp': unknown('opens a connection that is typed into', { interactive: true }),
  socat: unknown('connects two ends', { judge: judgeSocat }),
  haproxy: change('runs a load balancer', {
    valued: '-f -C -D -L -n -N -p -S -x -sf -st -m',
    options: { '-c -v -vv': { effect: 'read', because: 'checks its configuration' } },
  }),
  tcpdump: read('records packets', {
    follow: true,
    valued: '-c -i -r -w -s -B -C -G -W -F -y -z -Z -E -T -M -m -j -V -Q',
    options: {
      '-c -r -D --list-interfaces -L --version': { follow: false },
      '-w': changes('writes packets to a file'),
      '-z': doubts('starts another program'),
    },
  }),
  tshark: read('records packets', {
    follow: true,
    valued:
      '-c -i -f -Y -r -w -a -b -d -e -T -z -o -s -t -E -R -N -X -C -K -H -M -j -J -U -u --export-objects',
    options: {
      '-c -r -a': { follow: false },
      '-w --export-objects --export-tls-session-keys': changes('writes packets to a file'),
      '-X -C -K -H --capture-comment': doubts('loads scripts or settings'),
    },
  }),
  'ifconfig iwconfig': read('shows interfaces', {
    judge: ({ operands, options }) =>
      operands.length > 1 || options.some(option => !/^-[asv]$/.test(option.name))
        ? changes('changes an interface')
        : undefined,
  }),
  route: read('shows routes', {
    judge: ({ operands }) => (operands.length > 0 ? changes('changes routes') : undefined),
  }),
  arp: read('shows neighbours', {
    valued: '-i -H -t',
    options: { '-d --delete -s --set -f --file': changes('changes neighbours') },
  }),
  ethtool: read('shows a network card', {
    plainOperands: true,
    judge: ({ words }) =>
      judgeNetShow(
        words.find(word => !/^(?:-j|--json|-I|--include-statistics)$/.test(word.text ?? ''))?.text,
        /^(?!-)|^(?:-[iSkgaclTnxdePmu]|--(?:driver|statistics|show-[a-z-]+|module-info|version))$/,
      ),
  }),
  tc: change('changes traffic shaping', { ...iproute, judge: judgeIprouteShow }),
  bridge: change('changes bridges', { ...iproute, judge: judgeIprouteShow }),
  brctl: change('changes bridges', {
    judge: ({ operands }) =>
      /^show/.test(operands[0]?.text ?? '') ? { effect: 'read', because: 'shows bridges' } : undefined,
  }),
  nmcli: change('changes the network setup', {
    onlyListed: true,
    flags: '-t --terse -p --pretty -a --ask -s --show-secrets -o --overview --active',
    valued: '-f --fields --order -m --mode -c --colors -e --escape -g --get-values -w --wait',
    judge: ({ operands }) =>
      operands.length === 0 ||
      (operands.length === 1 &&
        /^(?:d|dev|device|c|con|connection|g|gen|general|n|net|networking|r|radio)$/.test(
          operands[0]?.text ?? '',
        )) ||
      /^(?:show|status|list|permissions|connectivity)$/.test(operands[1]?.text ?? '')
        ? { effect: 'read', because: 'shows the network setup' }
        : undefined,
  }),
  wg: read('shows tunnels', {
    judge: ({ operands }) => judgeNetShow(operands[0]?.text ?? 'show', /^show(?:conf)?$/),
  }),
}
