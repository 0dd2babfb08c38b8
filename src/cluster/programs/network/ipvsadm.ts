import { type Call, onMachines, type Program, type Reply } from '../../shell/program.ts'

const usage = `ipvsadm v1.31 2019/12/24 (compiled with popt and IPVS v1.2.1)\n`
const head =
  'IP Virtual Server version 1.2.1 (size=4096)\nProt LocalAddress:Port Scheduler Flags\n  -> RemoteAddress:Port           Forward Weight ActiveConn InActConn\n'

const run = ({ host, args, user }: Call): Reply => {
  if (args.includes('-v') || args.includes('--version')) return { stdout: usage }
  if (user !== 'root')
    return { stderr: "Can't initialize ipvs: Permission denied (you must be root)\n", exit: 1 }
  const isLoaded = host.modules.some(module => module.name === 'ip_vs')
  const asked = args.some(word => /^-\w*L|^--list/.test(word)) || args.length === 0
  if (!asked) return { stderr: `${usage}Usage:\n  ipvsadm -L|l [virtual-service] [options]\n`, exit: 2 }
  // The kernel loads its module when somebody asks, where it has one. Services stand there only in kube-proxy's IPVS mode.
  if (!isLoaded) host.modules.push({ name: 'ip_vs', sizeBytes: 176_128, usedBy: [] })
  return { stdout: head }
}

/** ipvsadm(8): the virtual servers of the kernel; none while kube-proxy writes iptables rules. */
export const ipvsadm: Program = { names: ['ipvsadm'], isInstalled: onMachines, run }
