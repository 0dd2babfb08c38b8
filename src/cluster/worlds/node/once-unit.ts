import { serviceFile, type UnitSetup } from './unit-setup.ts'

/** A unit that does its work once at boot and is done. */
export const onceUnit = (name: string, description: string, exec: string): UnitSetup => ({
  name: `${name}.service`,
  text: serviceFile({
    description,
    exec,
    type: 'oneshot',
    service: ['RemainAfterExit=yes'],
    wantedBy: 'sysinit.target',
  }),
  stands: 'exited',
})

/** A unit that does what the files of tmpfiles.d say. */
export const tmpfilesUnit = (name: string, description: string, exec: string): UnitSetup => ({
  ...onceUnit(name, description, exec),
  service: 'systemd-tmpfiles',
})
