import { localTime } from '../../relations/clock.ts'
import { hostnameOf } from '../../relations/hostname.ts'
import { everywhere, type Program, type Reply } from '../../shell/program.ts'

const withValue = /^(-n|--interval|-s)$/

/** watch(1): runs a command again and again; each screen is printed below the last. */
export const watch: Program = {
  names: ['watch'],
  isInstalled: everywhere,
  run: async ({ args, passage, machine, world }): Promise<Reply> => {
    let at = 0
    let everySeconds = 2
    let hasTitle = true
    for (; args[at]?.startsWith('-') === true; at++) {
      const word = args[at] ?? ''
      if (/^-n\d|^--interval=/.test(word)) everySeconds = Number(word.replace(/^(-n|--interval=)/, ''))
      if (/^-[a-z]*t|^--no-title/.test(word)) hasTitle = false
      if (withValue.test(word)) {
        at += 1
        everySeconds = Number(args[at])
      }
    }
    const line = args.slice(at).join(' ')
    if (line === '') return { stderr: 'Usage:\n watch [options] command\n', exit: 1 }
    const screen = async (): Promise<string> => {
      const { weekday, monthName, day, time, year } = localTime(machine, world.nowMs)
      const title = `Every ${everySeconds.toFixed(1)}s: ${line}`
      const head = hasTitle
        ? `${title}    ${hostnameOf(machine)}: ${weekday} ${monthName} ${day.replace(/^0/, ' ')} ${time} ${year}\n\n`
        : ''
      const reply = await passage.runHere(['bash', '-c', line])
      return `${head}${reply.stdout ?? ''}${reply.stderr ?? ''}`
    }
    let passed = 0
    const pause = Math.max(1, Math.round(everySeconds))
    return {
      stdout: await screen(),
      follow: {
        next: async () => {
          passed += 1
          return passed % pause === 0 ? `\n${await screen()}` : ''
        },
      },
    }
  },
}
