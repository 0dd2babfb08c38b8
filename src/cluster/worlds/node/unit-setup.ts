/** A unit to be installed: its file, and how it stands on a machine that has been up for a while. */
export type UnitSetup = {
  readonly name: string
  /** The text of its unit file; not given for a unit that is generated, such as a mount. */
  readonly text: string
  /** Path of the unit file; below /lib/systemd/system unless said. */
  readonly path?: string
  /** Drop-ins by path. */
  readonly dropIns?: Readonly<Record<string, string>>
  readonly service?: string
  /** How it stands: running, done (`exited`), not running (`dead`), or what its kind has. `running` for services unless said. */
  readonly stands?: 'running' | 'exited' | 'dead' | 'other'
  /** When its machine began with its services, where that was not by its own boot; ms. */
  readonly fromMs?: number | undefined
  readonly isDisabled?: boolean
  readonly memoryMiB?: number
  readonly tasks?: number
  readonly cpuPercent?: number
  /** How long its start takes, and after what time it forks the child that it needs. */
  readonly start?: { readonly forksAfterMs: number; readonly takesMs: number }
}

type ServiceFile = {
  readonly description: string
  readonly exec: string
  readonly docs?: string
  readonly type?: string
  readonly unit?: readonly string[]
  readonly service?: readonly string[]
  /** The target that wants it; an empty text for a static unit. */
  readonly wantedBy?: string
  readonly alias?: string
}

/** Writes the file of a service. */
export const serviceFile = ({ wantedBy = 'multi-user.target', ...file }: ServiceFile): string =>
  [
    '[Unit]',
    `Description=${file.description}`,
    ...(file.docs === undefined ? [] : [`Documentation=${file.docs}`]),
    ...(file.unit ?? []),
    '',
    '[Service]',
    ...(file.type === undefined ? [] : [`Type=${file.type}`]),
    `ExecStart=${file.exec}`,
    ...(file.service ?? []),
    ...(wantedBy === '' && file.alias === undefined ? [] : ['', '[Install]']),
    ...(wantedBy === '' ? [] : [`WantedBy=${wantedBy}`]),
    ...(file.alias === undefined ? [] : [`Alias=${file.alias}`]),
    '',
  ].join('\n')

/** Writes the file of a unit that has only a head and perhaps one more section. */
export const plainFile = (description: string, lines: readonly string[] = []): string =>
  ['[Unit]', `Description=${description}`, ...lines, ''].join('\n')
