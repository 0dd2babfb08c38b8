import { minorOf } from '../../kube/minor-version.ts'
import type { Client } from './client.ts'

/** The first release of kubectl that names the namespace in which it found nothing. */
const NAMES_SPACE = 17

/** What kubectl says on stderr where no object fits; with the namespace, if it looked in one. */
export const noneFound = ({ call: { world }, namespace }: Client, isSpaced: boolean): string => {
  if (minorOf(world) < NAMES_SPACE) return 'No resources found.\n'
  return isSpaced ? `No resources found in ${namespace} namespace.\n` : 'No resources found\n'
}
