import { tunnelEndsOf } from '../../network/neighbours.ts'
import { type Call, onMachines, type Program, type Reply } from '../../shell/program.ts'

type Row = { readonly device: string; readonly text: string }

const entries = ({ world, host }: Call): readonly Row[] => [
  ...host.interfaces
    .filter(({ kind }) => kind === 'ethernet' || kind === 'bridge')
    .map(({ name }) => ({
      device: name,
      text: `33:33:00:00:00:01 dev ${name} self permanent`,
    })),
  ...host.interfaces
    .filter(({ kind, master }) => kind === 'veth' && master !== undefined)
    .map(({ name, mac, master }) => ({
      device: name,
      text: `${mac} dev ${name} master ${master} permanent`,
    })),
  ...tunnelEndsOf(world, host).map(({ device, mac, outside }) => ({
    device,
    text: `${mac} dev ${device} dst ${outside} self permanent`,
  })),
]

const ports = ({ host }: Call): readonly Row[] =>
  host.interfaces.flatMap(({ name, index, master, isUp, hasCarrier, mtu }) =>
    master === undefined
      ? []
      : [
          {
            device: name,
            text: `${index}: ${name}: <BROADCAST,MULTICAST${isUp ? ',UP' : ''}${hasCarrier ? ',LOWER_UP' : ''}> mtu ${mtu} master ${master} state ${isUp && hasCarrier ? 'forwarding' : 'disabled'} priority 32 cost 2 `,
          },
        ],
  )

const run = (call: Call): Reply => {
  const [object = '', ...rest] = call.args.filter(arg => !arg.startsWith('-'))
  const shown = 'fdb'.startsWith(object) ? entries(call) : 'link'.startsWith(object) ? ports(call) : undefined
  if (object === '' || shown === undefined)
    return {
      stderr: `Usage: bridge [ OPTIONS ] OBJECT { COMMAND | help }\n       bridge [ -force ] -batch filename\nwhere  OBJECT := { link | fdb | mdb | vlan | vni | monitor }\n`,
      exit: 255,
    }
  const at = rest.findIndex(word => word === 'dev' || word === 'brport' || word === 'br')
  const device = at === -1 ? undefined : rest[at + 1]
  if (device !== undefined && !call.host.interfaces.some(({ name }) => name === device))
    return { stderr: `Cannot find device "${device}"\n`, exit: 255 }
  return {
    stdout: shown
      .filter(row => device === undefined || row.device === device)
      .map(row => `${device === undefined ? row.text : row.text.replace(` dev ${device}`, '')}\n`)
      .join(''),
  }
}

/** bridge(8) of iproute2: the ports of bridges, and whom tunnels know. */
export const bridge: Program = { names: ['bridge'], isInstalled: onMachines, run }
