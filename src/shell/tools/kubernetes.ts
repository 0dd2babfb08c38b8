import { change, destructive, doubts, read, type Tools } from '../tool.ts'
import { kubectl } from './kubectl.ts'

const distributionReads = /^(?:kubectl|crictl|ctr|check-config|status|version|inspect)$/

/** Kubernetes and its installers. */
export const kubernetes: Tools = {
  'kubectl kctl oc': kubectl,
  kubeadm: change('sets up the cluster', {
    valued: '--kubeconfig --config --rootfs -v --v --cert-dir',
    flags: '--help',
    subcommands: {
      certs: change('handles certificates', {
        subcommands: {
          'check-expiration certificate-key': read('shows when certificates end', {
            valued: '--config --cert-dir',
          }),
          'renew generate-csr': change('makes new certificates'),
        },
      }),
      alpha: change('handles certificates', {
        subcommands: {
          certs: change('handles certificates', {
            subcommands: {
              'check-expiration': read('shows when certificates end'),
              renew: change('makes new certificates'),
            },
          }),
        },
      }),
      version: read('shows the version'),
      config: change('handles its configuration', {
        subcommands: {
          images: change('handles images', {
            subcommands: { list: read('lists images'), pull: change('pulls images') },
          }),
          'print view validate': read('prints its configuration'),
          migrate: change('writes its configuration'),
        },
      }),
      token: change('handles join tokens', {
        subcommands: {
          list: read('lists join tokens'),
          'create generate': change('makes a join token'),
          delete: change('deletes a join token'),
        },
      }),
      upgrade: change('upgrades the cluster', {
        subcommands: {
          'plan diff': read('shows what an upgrade would do'),
          'apply node': change('upgrades the cluster'),
        },
      }),
      'init join kubeconfig': change('sets up the cluster'),
      reset: destructive('takes the node out of its cluster'),
    },
  }),
  helm: change('changes releases', {
    valued:
      '-n --namespace --kube-context --kubeconfig --kube-apiserver --kube-token --kube-ca-file --registry-config --repository-cache --repository-config -o --output',
    flags: '--debug --kube-insecure-skip-tls-verify -A --all-namespaces -a --all',
    subcommands: {
      'list ls status history hist version env search verify': read('shows releases'),
      'lint template': read('shows what a chart gives', {
        options: {
          '--output-dir --post-renderer': doubts('writes files or starts a program'),
        },
      }),
      'get show inspect': read('shows releases'),
      repo: change('handles repositories', {
        subcommands: {
          'list ls': read('lists repositories'),
          'add remove rm update up index': change('changes repositories'),
        },
      }),
      plugin: change('handles plugins', {
        subcommands: { 'list ls': read('lists plugins'), '*': change('changes plugins') },
      }),
      dependency: change('handles dependencies', {
        subcommands: { 'list ls': read('lists dependencies'), '*': change('changes dependencies') },
      }),
      'uninstall delete del un': destructive('removes a release'),
      'install upgrade rollback test push pull package create registry': change('changes releases', {
        options: { '--dry-run': {} },
      }),
    },
  }),
  'k3s rke2 k0s microk8s': change('runs a part of the distribution', {
    optionsFirst: true,
    judge: ({ operands }) =>
      distributionReads.test(operands[0]?.text ?? '') ||
      /^(?:etcd-snapshot (?:ls|list)|certificate check)$/.test(`${operands[0]?.text} ${operands[1]?.text}`)
        ? { effect: 'read', because: 'runs a part of the distribution' }
        : undefined,
    options: { '--version -v': { effect: 'read', because: 'prints its version' } },
    starts: ({ operands }) =>
      /^(?:kubectl|crictl|ctr)$/.test(operands[0]?.text ?? '') ? [{ kind: 'words', words: operands }] : [],
  }),
}
