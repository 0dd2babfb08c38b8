import { change, changes, destroys, destructive, doubts, read, type Tools } from '../tool.ts'
import { judgeSysctl } from './judge-system.ts'

const units = read('looks at units')

/** Services, the journal and the kernel's settings and log. */
export const services: Tools = {
  systemctl: read('lists units', {
    valued:
      '-t --type -p --property -P -H --host -M --machine -n --lines -o --output -s --signal --kill-who --kill-whom --root --image --state --what --job-mode --value --preset-mode --timestamp --when --message --mkdir',
    flags:
      '-a --all -l --full -q --quiet --no-pager --failed --no-legend --plain -r --recursive --user --system --now --runtime -f --force --global --no-block --no-wall --no-reload --reverse --after --before --show-types --with-dependencies --legend --no-ask-password --dry-run',
    bare: { effect: 'read', because: 'lists units' },
    options: { '--image --root': doubts('works on another system') },
    subcommands: {
      'status show cat is-active is-enabled is-failed is-system-running list-units list-unit-files list-sockets list-timers list-jobs list-dependencies list-machines list-automounts list-paths get-default show-environment whoami help':
        units,
      'start stop restart reload try-restart reload-or-restart try-reload-or-restart isolate freeze thaw kill clean reset-failed':
        change('starts, stops or signals services'),
      'enable disable reenable preset preset-all mask unmask link revert add-wants add-requires set-property set-default set-environment unset-environment import-environment daemon-reload daemon-reexec cancel bind mount-image log-level log-target service-watchdogs':
        change('changes how services are set up'),
      edit: change('edits a unit', { interactive: true }),
      'reboot poweroff halt kexec suspend hibernate hybrid-sleep suspend-then-hibernate soft-reboot exit rescue emergency default switch-root':
        destructive('takes the machine down'),
    },
  }),
  'service rc-service': change('acts on a service', {
    judge: ({ operands, options }) =>
      operands[1]?.text === 'status' ||
      (operands.length === 0 && options.some(option => option.name === '--status-all'))
        ? { effect: 'read', because: 'shows a service' }
        : undefined,
  }),
  journalctl: read('reads the journal', {
    plainOperands: true,
    valued:
      '-u --unit --user-unit -t --identifier -p --priority --facility -g --grep -S --since -U --until -o --output -D --directory -i --file --root --image -M --machine -c --cursor --after-cursor --cursor-file --output-fields --namespace -T --exclude-identifier --vacuum-size --vacuum-files --vacuum-time --interval --verify-key --invocation -I',
    options: {
      '-f --follow': { follow: true },
      '--no-follow': { follow: false },
      '--vacuum-size --vacuum-files --vacuum-time': destroys('deletes parts of the journal'),
      '--rotate --flush --sync --relinquish-var --smart-relinquish-var --update-catalog --setup-keys --cursor-file --force':
        changes('changes the journal files'),
    },
  }),
  sysctl: read('reads kernel settings', {
    judge: judgeSysctl,
    valued: '-r --pattern',
    options: {
      '-w --write -p -f --load --system': changes('sets kernel settings'),
    },
  }),
  dmesg: read('reads the kernel log', {
    valued:
      '-l --level -f --facility -n --console-level -s --buffer-size -F --file --since --until --time-format -K --kmsg-file',
    options: {
      '-C --clear -c --read-clear': destroys('clears the kernel log'),
      '-n --console-level -D --console-off -E --console-on': changes('changes what the console shows'),
      '-w --follow -W --follow-new': { follow: true },
    },
  }),
}
