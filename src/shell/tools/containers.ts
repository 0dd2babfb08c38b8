import { change, changes, destructive, read, type Tools, unknown } from '../tool.ts'
import { look, runsInside } from './container-parts.ts'
import { crictl, ctr } from './crictl.ts'
import { docker } from './docker.ts'

const follows = { follow: true } as const

/** Container runtimes and engines. */
export const containers: Tools = {
  crictl,
  ctr,
  'docker podman nerdctl': docker,
  'docker-compose': unknown('works on containers'),
  'runc crun': change('works on containers', {
    valued: '--root --log --log-format',
    flags: '--debug --systemd-cgroup',
    subcommands: {
      'list state ps features spec-version': look(),
      events: look(follows),
      exec: runsInside('-e --env -u --user --cwd'),
      'delete kill': destructive('ends containers'),
      '*': change('changes containers'),
    },
  }),
  'calicoctl calico-ctl': read('talks to Calico', {
    valued: '-c --config -o --output -n --namespace',
    flags: '--allow-version-mismatch -a --all-namespaces',
    subcommands: {
      'get version': look(),
      node: look({ subcommands: { 'status checksystem': look(), '*': change('changes a Calico node') } }),
      ipam: look({
        subcommands: {
          show: look(),
          check: look({ options: { '-o --output': changes('writes a file') } }),
          '*': change('changes addresses'),
        },
      }),
      delete: destructive('deletes Calico objects'),
      '*': change('changes Calico objects'),
    },
  }),
  'cilium cilium-dbg hubble': read('talks to Cilium', {
    subcommands: {
      'status version': look(),
      'list endpoint service node identity policy ip map fqdn lrp': look({
        subcommands: { 'list get health nodes namespaces flows': look(), '*': unknown('not known to read') },
      }),
      bpf: look({
        subcommands: {
          'ct endpoint ipcache lb metrics nat policy tunnel auth egress': look({
            subcommands: { 'list get': look(), '*': unknown('not known to read') },
          }),
          '*': unknown('not known to read'),
        },
      }),
      'config clustermesh encrypt': look({
        subcommands: { 'view status get': look(), '*': unknown('not known to read') },
      }),
      observe: look({ options: { '-f --follow': follows } }),
      monitor: look(follows),
      '*': unknown('not known to read'),
    },
  }),
}
