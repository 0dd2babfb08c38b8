import { chanceHex } from '../chance.ts'
import { nodeAt, readText, realPathOf, setNode } from '../files/file-tree.ts'
import { type Certificate, decodeCertificates, encodeCertificate } from '../relations/certificate.ts'
import type { World } from '../world/world.ts'
import type { Fault, FaultParameters } from './fault.ts'
import { machineOf, textOf } from './parameters.ts'

const HOUR_MS = 3_600_000

const numbersAndDots = /^[\d.]+$/

/** How a certificate differs once it was made otherwise: its end, the names that it holds, who signed it. */
const differences = (world: World, parameters: FaultParameters): Partial<Certificate> => {
  const { endsInHours, beganHoursAgo, names, signer } = parameters
  const listed = typeof names === 'string' ? names.split(/[\s,]+/) : []
  return {
    ...(typeof endsInHours === 'number' ? { notAfterMs: world.nowMs + endsInHours * HOUR_MS } : {}),
    ...(typeof beganHoursAgo === 'number' ? { notBeforeMs: world.nowMs - beganHoursAgo * HOUR_MS } : {}),
    ...(typeof names === 'string'
      ? {
          dnsNames: listed.filter(name => !numbersAndDots.test(name)),
          addresses: listed.filter(name => numbersAndDots.test(name)),
        }
      : {}),
    ...(typeof signer === 'string' ? { issuer: signer, issuerKeyId: chanceHex(world, 32) } : {}),
  }
}

/**
 * A certificate file that was made otherwise from the start, with the same key: `endsInHours` (negative: past its end), `beganHoursAgo`, `names`
 * (instead of those that it held), `signer` (another authority of this name).
 */
export const remakeCertificate: Fault = (world, parameters) => {
  const machine = machineOf(world, textOf(parameters, 'machine'))
  const path = textOf(parameters, 'path')
  const place = realPathOf(machine.files, path) ?? path
  const node = nodeAt(machine.files, place)
  const [certificate] = decodeCertificates(readText(machine.files, place))
  if (node === undefined || certificate === undefined)
    throw new RangeError(`${path} of ${machine.name} holds no certificate`)
  const text = node.text.replace(
    encodeCertificate(certificate),
    encodeCertificate({ ...certificate, ...differences(world, parameters) }),
  )
  setNode(machine.files, place, { ...node, text })
  for (const program of [...machine.units.values(), ...(machine.runtime?.containers ?? [])])
    if (program.settings?.files[path] === node.text)
      program.settings = { ...program.settings, files: { ...program.settings.files, [path]: text } }
}
