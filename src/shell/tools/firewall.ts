import { change, changes, destroys, destructive, doubts, read, type Tools } from '../tool.ts'

const lists = { effect: 'read', because: 'lists rules' } as const

/** Packet filters and what they keep: rules, sets, virtual services, tracked connections. */
export const firewall: Tools = {
  'iptables ip6tables iptables-legacy iptables-nft ebtables arptables': change('changes firewall rules', {
    valued:
      '-t --table -p --protocol -s --source -d --destination -j --jump -i --in-interface -o --out-interface -m --match --dport --sport --ctstate --state',
    flags: '-n --numeric -v --verbose -x --exact --line-numbers -4 --ipv4 -6 --ipv6 -w --wait',
    options: {
      '-M --modprobe': doubts('starts another program'),
      '-L --list -S --list-rules -C --check -V --version -h': lists,
      '-F --flush -X --delete-chain': destroys('throws firewall rules away'),
      '-A --append -D --delete -I --insert -R --replace -N --new-chain -E --rename-chain -P --policy -Z --zero':
        changes('changes firewall rules'),
    },
  }),
  'iptables-save ip6tables-save iptables-legacy-save iptables-nft-save ip6tables-legacy-save ip6tables-nft-save':
    read('prints the firewall rules', {
      valued: '-t --table -f --file -M --modprobe',
      options: {
        '-f --file': changes('writes the rules to a file'),
        '-M --modprobe': doubts('starts another program'),
      },
    }),
  'iptables-restore ip6tables-restore iptables-legacy-restore iptables-nft-restore': destructive(
    'replaces the firewall rules',
    {
      flags: '-c --counters -v --verbose -n --noflush -4 -6',
      options: { '-t --test': { effect: 'read', because: 'only tests the rules' } },
    },
  ),
  nft: change('changes firewall rules', {
    valued: '-f --file -I --includepath -D --define',
    options: {
      '-f --file -i --interactive': doubts('takes rules from elsewhere'),
      '-c --check': {},
    },
    judge: ({ operands, options }) => {
      const [verb = '', ...rest] = operands.map(operand => operand.text ?? ';')
      const alone =
        !rest.some(word => /[;\n]/.test(word)) && !options.some(option => /^-(?:f|-file)/.test(option.name))
      if (/^list\b[^;\n]*$/.test(verb) && alone) return { effect: 'read', because: 'lists rules' }
      if (/^monitor\b[^;\n]*$/.test(verb) && alone)
        return { effect: 'read', because: 'watches rules', follow: true }
      return /^(?:flush|delete|destroy|reset)\b/.test(verb)
        ? destroys('throws firewall rules away')
        : undefined
    },
  }),
  ipset: change('changes sets of addresses', {
    wordOptions: true,
    judge: ({ words }) => {
      if (words.some(word => word.text === undefined || /^-+f/.test(word.text)))
        return changes('writes a file, or may')
      const verb = words.find(word => word.text !== '-o' && word.text !== 'plain')?.text ?? ''
      if (/^(?:list|save|test|version|help|-L|-S|-T|-n|-t|-v|--version)$/.test(verb))
        return { effect: 'read', because: 'lists sets' }
      return /^(?:flush|destroy|-F|-X)$/.test(verb) ? destroys('throws sets away') : undefined
    },
  }),
  ipvsadm: change('changes virtual services', {
    options: {
      '-L -l --list -S --save': lists,
      '-C --clear -R --restore': destroys('throws virtual services away'),
      '-A --add-service -E --edit-service -D --delete-service -a --add-server -e --edit-server -d --delete-server -Z --zero --set --start-daemon --stop-daemon':
        changes('changes virtual services'),
    },
    flags:
      '-n --numeric --stats --rate --timeout --connection --daemon --persistent-conn --sort --exact --thresholds',
    valued: '-t --tcp-service -u --udp-service -f --fwmark-service -s -r -w',
  }),
  conntrack: change('changes tracked connections', {
    valued:
      '-s -d -p -r -q -n -g -j -m -l -u -t -f -b -o --output --orig-src --orig-dst --sport --dport --state --src --dst --proto',
    options: {
      '-L --dump -G --get -C --count -S --stats -V --version': {
        effect: 'read',
        because: 'lists tracked connections',
      },
      '-E --event': { effect: 'read', because: 'watches tracked connections', follow: true },
      '-F --flush': destroys('forgets every tracked connection'),
      '-D --delete -I --create -U --update -A --add -z --zero': changes('changes tracked connections'),
    },
  }),
  'firewall-cmd': change('changes the firewall', {
    judge: ({ options, operands }) =>
      operands.length === 0 &&
      options.length > 0 &&
      options.every(option =>
        /^(?:--state|--version|--list-[a-z-]+|--get-[a-z-]+|--info-[a-z-]+|--query-[a-z-]+|--zone|--permanent|--policy|--ipset|--check-config|--panic-mode|--direct)$/.test(
          option.name,
        ),
      ) &&
      !options.every(option => /^--(?:zone|permanent|policy|ipset|direct)$/.test(option.name))
        ? { effect: 'read', because: 'shows the firewall' }
        : undefined,
  }),
  ufw: change('changes the firewall', {
    judge: ({ operands }) =>
      /^(?:status|show|version)$/.test(operands[0]?.text ?? '')
        ? { effect: 'read', because: 'shows the firewall' }
        : undefined,
  }),
}
