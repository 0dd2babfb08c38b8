import { powerDown, reboot } from '../../laws/power.ts'
import type { Call, Reply } from '../../shell/program.ts'

/** `reboot`, `poweroff`, `shutdown` and `systemctl reboot`: the machine goes down, and comes back where it should. */
export const power = (call: Call): Reply => {
  const words = [call.name, ...call.args]
  if (call.user !== 'root')
    return {
      stderr:
        'Failed to set wall message, ignoring: Interactive authentication required.\nFailed to reboot system via logind: Interactive authentication required.\n',
      exit: 1,
    }
  const goesOff =
    words.some(word => /^(poweroff|halt|-P|-h|-H|--poweroff)$/.test(word)) ||
    (call.name === 'shutdown' && !words.some(word => /^(-r|--reboot)$/.test(word)))
  if (goesOff) powerDown(call.world, call.host)
  else reboot(call.world, call.host)
  return { stderr: `Connection to ${call.host.name} closed by remote host.\n`, exit: 255 }
}
