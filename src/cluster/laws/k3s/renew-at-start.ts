import { writeJournal } from '../../journal/write-journal.ts'
import type { Certificate } from '../../relations/certificate.ts'
import { joinProblem } from '../../relations/k3s/join-problem.ts'
import { agentFolders, renewCertificates, serverFolders } from '../../relations/k3s/renew-certificates.ts'
import { logfmt } from '../../services/k3s/start-lines.ts'
import type { Machine } from '../../world/machine.ts'
import type { Unit } from '../../world/unit.ts'
import type { World } from '../../world/world.ts'
import type { Law } from '../law.ts'

const stamp = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19).replace('T', ' ')} +0000 UTC`

const lineOf = ({ commonName, organizations, issuer, notBeforeMs, notAfterMs }: Certificate): string => {
  const subject = [`CN=${commonName}`, ...organizations.map(name => `O=${name}`)].join(',')
  return `certificate ${subject} signed by CN=${issuer}: notBefore=${stamp(notBeforeMs)} notAfter=${stamp(notAfterMs)}`
}

const foldersOf = (world: World, machine: Machine, unit: Unit): readonly string[] => {
  if (unit.service === 'k3s') return [...serverFolders, ...agentFolders]
  return joinProblem(world, machine, unit) === undefined ? agentFolders : []
}

/** k3s signs anew, at its start, each certificate that has ended or soon will; a node has that done by its server. */
export const renewAtStart: Law = (world, passedMs) => {
  for (const machine of world.machines.values())
    for (const name of ['k3s.service', 'k3s-agent.service']) {
      const unit = machine.units.get(name)
      const startedMs = unit?.startedMs ?? 0
      if (unit === undefined || unit.mainPid === 0 || startedMs < world.nowMs - passedMs) continue
      const folders = foldersOf(world, machine, unit)
      for (const certificate of renewCertificates(world, machine, { folders, which: 'near-their-end' }))
        writeJournal(machine, {
          atMs: startedMs,
          unit: unit.name,
          identifier: 'k3s',
          pid: unit.mainPid,
          message: logfmt({ machine, unit, container: undefined }, 'info', {
            atMs: startedMs,
            text: lineOf(certificate),
          }),
        })
    }
}
