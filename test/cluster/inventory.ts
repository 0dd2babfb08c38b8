import { readFileSync } from 'node:fs'
import { parse } from 'yaml'

/** A command of the documents and where it runs. */
export type InventoryCommand = {
  readonly id: string
  readonly kind: 'read' | 'follow' | 'change'
  readonly where: 'node' | 'worker' | 'control-plane' | 'workstation' | 'host' | 'planet' | 'pod'
  readonly run: string
}

/** The documents' commands that read, follow or change. */
export const inventory: readonly InventoryCommand[] = parse(
  readFileSync(new URL('../fixtures/cluster/commands.yaml', import.meta.url), 'utf8'),
)
