import { quoteWord } from '../quote-word.ts'
import { type Advice, type Advisers, operandsOf, saveOutput, writeWords } from './advice.ts'

const opposites: Readonly<Record<string, string>> = {
  start: 'stop',
  stop: 'start',
  enable: 'disable',
  disable: 'enable',
  mask: 'unmask',
  unmask: 'mask',
  freeze: 'thaw',
  thaw: 'freeze',
}

const comesBack = 'Not needed: what was running is started again.'
const gone = 'Not possible: what is deleted is gone for good.'

const keepLogs = (program: string, ids: readonly string[], file: string): Advice => {
  const undo = 'Not possible: the container and its log are gone; whatever started it may start another.'
  const [id, ...others] = ids
  if (id === undefined || others.length > 0) return { undo }
  const both = ['inspect', 'logs'].map(verb => `${program} ${verb} ${quoteWord(id)}`).join(' && ')
  return {
    undo,
    saving: {
      line: `umask 077; { ${both}; } > ${file}.log 2>&1 && ls -l ${file}.log`,
      keeps: `container:${id}`,
    },
  }
}

/** Services, kernel settings and containers: the opposite of a verb, and what to write down before. */
export const serviceAdvice: Advisers = {
  systemctl: ({ words, before }) => {
    const [verb = '', ...units] = operandsOf(words)
    const opposite = opposites[verb]
    if (opposite !== undefined) {
      const options = words.filter(word => /^(?:--now|--user)$/.test(word))
      return { undo: `${before}systemctl ${writeWords([opposite, ...options, ...units])}` }
    }
    return /^(?:restart|reload|try-restart|reload-or-restart|daemon-reload|reset-failed|reboot)$/.test(verb)
      ? { undo: comesBack }
      : undefined
  },
  'reboot shutdown poweroff halt': ({ argv0 }) => ({
    undo: argv0 === 'reboot' ? comesBack : 'Not from here: the machine must be switched on where it stands.',
  }),
  sysctl: ({ words, before }, file) => {
    const names = words.filter(word => /^[^-].*=/.test(word)).map(word => word.slice(0, word.indexOf('=')))
    if (names.length === 0) return undefined
    return {
      undo: `${before}sysctl -p ${file}.conf`,
      saving: {
        line: saveOutput(before, `sysctl ${writeWords(names)}`, `${file}.conf`),
        keeps: `sysctl:${names.join(' ')}`,
      },
    }
  },
  swapoff: ({ words, before }) => ({ undo: `${before}swapon ${writeWords(words)}` }),
  swapon: ({ words, before }) => ({ undo: `${before}swapoff ${writeWords(words)}` }),
  setenforce: ({ words, before }) => ({
    undo: `${before}setenforce ${/^(?:0|permissive)$/i.test(words[0] ?? '') ? 1 : 0}`,
  }),
  modprobe: ({ words, before }) =>
    words[0] === '-r' || words[0] === '--remove'
      ? { undo: `${before}modprobe ${writeWords(words.slice(1))}` }
      : { undo: `${before}modprobe -r ${writeWords(operandsOf(words).slice(0, 1))}` },
  mount: ({ words, before }) => {
    const target = operandsOf(words, ['-t', '-o', '--types', '--options']).at(-1)
    return target === undefined ? undefined : { undo: `${before}umount ${quoteWord(target)}` }
  },
  umount: ({ words, before }, file) => ({
    undo: `Mount it again as ${file}.mounts says.`,
    saving: { line: saveOutput(before, 'findmnt', `${file}.mounts`), keeps: `mounts:${words.at(-1) ?? ''}` },
  }),
  crontab: ({ words, before }, file) => {
    if (words.includes('-l')) return undefined
    const user = words.indexOf('-u')
    const whose = user < 0 ? '' : ` -u ${quoteWord(words[user + 1] ?? '')}`
    return {
      undo: `${before}crontab${whose} ${file}.crontab`,
      saving: { line: saveOutput(before, `crontab${whose} -l`, `${file}.crontab`), keeps: 'crontab' },
    }
  },
  crictl: ({ words, before }, file) => {
    const [verb, ...ids] = operandsOf(words, ['-r', '--runtime-endpoint', '-t', '--timeout'])
    if (verb === 'rm') return keepLogs(`${before}crictl`, ids, file)
    return /^(?:stop|stopp|rmp)$/.test(verb ?? '')
      ? { undo: 'Not needed for what the kubelet keeps running: it starts it again.' }
      : undefined
  },
  'docker podman nerdctl': ({ argv0, words, before }, file) => {
    const [verb, ...ids] = operandsOf(words)
    if (verb === 'rm') return keepLogs(`${before}${argv0}`, ids, file)
    if (verb === 'stop' || verb === 'start')
      return {
        undo: `${before}${argv0} ${verb === 'stop' ? 'start' : 'stop'} ${writeWords(ids)}`,
      }
    return verb === 'restart' ? { undo: comesBack } : undefined
  },
  journalctl: ({ words }) => (words.some(word => word.startsWith('--vacuum')) ? { undo: gone } : undefined),
  dmesg: ({ before, words }, file) =>
    words.some(word => /^(?:-C|-c|--clear|--read-clear)$/.test(word))
      ? { undo: gone, saving: { line: saveOutput(before, 'dmesg', `${file}.dmesg`), keeps: 'dmesg' } }
      : undefined,
}
