import type { CellReader } from './row-readers.ts'

/**
 * A kind of Kubernetes object as `kubectl get` lists it: the fact that its rows go to, the names it goes by, what its header
 * (titles joined by `|`) looks like, and how its columns are read. `standard` are the titles of the plain listing and `wide` those
 * that `-o wide` puts behind them, for lines whose header was filtered away.
 */
export type KubeKind = {
  readonly fact: string
  readonly names: readonly string[]
  readonly header: RegExp
  readonly columns: Readonly<Record<string, CellReader>>
  readonly standard: string
  readonly wide?: string
  /** Objects of the whole cluster, which stand in no namespace. */
  readonly global?: true
}
