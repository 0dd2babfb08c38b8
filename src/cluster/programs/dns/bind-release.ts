import type { Machine } from '../../world/machine.ts'

const releases: Readonly<Record<string, string>> = {
  centos: '9.11.4-P2-RedHat-9.11.4-26.P2.el7_9.15',
  debian: '9.10.3-P4-Debian',
}

/** The release of BIND whose tools a system has. */
export const bindRelease = ({ os }: Machine): string => releases[os.id] ?? '9.18.18-0ubuntu0.22.04.2-Ubuntu'

/** Whether BIND's tools on a system are of the releases before 9.18, which tell less. */
export const hasOldBind = ({ os }: Machine): boolean => os.id in releases

/** What BIND's tools say where nobody answers: each try, or in older releases the end alone. */
export const silenceText = (machine: Machine, tries: readonly string[]): string =>
  hasOldBind(machine)
    ? ';; connection timed out; no servers could be reached'
    : [...tries, ';; no servers could be reached'].join('\n')
