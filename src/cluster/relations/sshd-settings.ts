import { nodeAt, readText } from '../files/file-tree.ts'
import type { Machine } from '../world/machine.ts'
import type { Unit } from '../world/unit.ts'
import { accountsOf } from './accounts.ts'
import { SSHD_CONFIG, settingsText } from './read-settings.ts'
import { unitOf } from './unit-of.ts'

/** What sshd_config(5) knows, in small letters. */
const known = new Set(
  'acceptenv addressfamily allowagentforwarding allowgroups allowstreamlocalforwarding allowtcpforwarding allowusers authenticationmethods authorizedkeyscommand authorizedkeyscommanduser authorizedkeysfile authorizedprincipalscommand authorizedprincipalscommanduser authorizedprincipalsfile banner casignaturealgorithms challengeresponseauthentication chrootdirectory ciphers clientalivecountmax clientaliveinterval compression debianbanner denygroups denyusers disableforwarding exposeauthinfo fingerprinthash forcecommand gatewayports gssapiauthentication gssapicleanupcredentials gssapikeyexchange gssapistrictacceptorcheck gssapistorecredentialsonrekey hostbasedacceptedalgorithms hostbasedauthentication hostbasedusesnamefrompacketonly hostcertificate hostkey hostkeyagent hostkeyalgorithms ignorerhosts ignoreuserknownhosts include ipqos kbdinteractiveauthentication kerberosauthentication kerberosgetafstoken kerberosorlocalpasswd kerberosticketcleanup kexalgorithms listenaddress logingracetime loglevel logverbose macs match maxauthtries maxsessions maxstartups modulifile passwordauthentication permitemptypasswords permitlisten permitopen permitrootlogin permittty permittunnel permituserenvironment permituserrc persourcemaxstartups persourcenetblocksize pidfile port printlastlog printmotd pubkeyacceptedalgorithms pubkeyauthentication pubkeyauthoptions rekeylimit revokedkeys rdomain securitykeyprovider setenv strictmodes subsystem streamlocalbindmask streamlocalbindunlink syslogfacility tcpkeepalive trustedusercakeys usedns usepam versionaddendum x11displayoffset x11forwarding x11uselocalhost xauthlocation'.split(
    ' ',
  ),
)

const optionsIn = (text: string): readonly (readonly [line: number, name: string, value: string])[] =>
  text.split('\n').flatMap((row, at) => {
    const [, name, value = ''] = /^\s*(\w+)[\s=]*(.*?)\s*$/.exec(row.replace(/#.*/, '')) ?? []
    return name === undefined ? [] : [[at + 1, name, value] as const]
  })

/** What `sshd -t` says of a machine's settings; nothing where they are right. */
export const sshdProblems = ({ files }: Machine): readonly string[] => {
  const text = readText(files, SSHD_CONFIG)
  if (text === undefined) return [`${SSHD_CONFIG}: No such file or directory`]
  const bad = optionsIn(text).filter(([, name]) => !known.has(name.toLowerCase()))
  return bad.length === 0
    ? []
    : [
        ...bad.map(([line, name]) => `${SSHD_CONFIG}: line ${line}: Bad configuration option: ${name}`),
        `${SSHD_CONFIG}: terminating, ${bad.length} bad configuration options`,
      ]
}

const valuesOf = (machine: Machine, unit: Unit | undefined, wanted: string): readonly string[] =>
  optionsIn(settingsText(machine, unit, SSHD_CONFIG) ?? '').flatMap(([, name, value]) =>
    name.toLowerCase() === wanted ? [value] : [],
  )

const SSH_PORT = 22

/** The ports that a machine's sshd listens on, by the settings that it has read. */
export const sshdPorts = (machine: Machine, unit: Unit | undefined): readonly number[] => {
  const ports = valuesOf(machine, unit, 'port').map(Number)
  return ports.length === 0 ? [SSH_PORT] : ports
}

const OTHERS_WRITE = 0o022

/**
 * Why sshd takes no key of a user: no list of keys, or by StrictModes a folder on the way that others may write to, in the words of its
 * log, which are empty where it says nothing; `undefined` where it takes them.
 */
export const keyProblem = (machine: Machine, user: string): string | undefined => {
  const home = accountsOf(machine).find(({ name }) => name === user)?.home ?? '/root'
  const keys = `${home}/.ssh/authorized_keys`
  if (!/^(ssh|ecdsa|sk)-\S+ \S+/m.test(readText(machine.files, keys) ?? '')) return ''
  const unit = unitOf(machine, 'sshd')
  if (valuesOf(machine, unit, 'strictmodes')[0] === 'no') return undefined
  const bad = [keys, `${home}/.ssh`, home].find(path => {
    const node = nodeAt(machine.files, path)
    return node !== undefined && ((node.mode & OTHERS_WRITE) !== 0 || !['root', user].includes(node.owner))
  })
  return bad === undefined
    ? undefined
    : `Authentication refused: bad ownership or modes for ${bad === keys ? 'file' : 'directory'} ${bad}`
}

/** Whether a machine's sshd lets a user in, by the settings that it has read. */
export const sshdAdmits = (machine: Machine, user: string): boolean => {
  const unit = unitOf(machine, 'sshd')
  const listed = (name: string): readonly string[] =>
    valuesOf(machine, unit, name).flatMap(value => value.split(/\s+/))
  const allowed = listed('allowusers')
  if (listed('denyusers').includes(user)) return false
  if (allowed.length > 0 && !allowed.includes(user)) return false
  return user !== 'root' || valuesOf(machine, unit, 'permitrootlogin')[0] !== 'no'
}
