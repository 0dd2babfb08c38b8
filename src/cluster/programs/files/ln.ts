import { findNode } from '../../files/look-up.ts'
import { baseName, folderOf, resolvePath } from '../../files/paths.ts'
import { type Call, everywhere, type Program, type Reply } from '../../shell/program.ts'
import type { OptionTable } from '../../text/read-options.ts'
import { placeIn } from './place-copy.ts'
import { readTransfer, setAside, sharedOptions, type Transfer } from './transfer.ts'

const table: OptionTable = {
  ...sharedOptions,
  d: 'directory',
  F: 'directory',
  L: 'logical',
  n: 'no-dereference',
  'no-dereference': 'no-dereference',
  P: 'physical',
  r: 'relative',
  relative: 'relative',
  s: 'symbolic',
  symbolic: 'symbolic',
}

/** The way from a folder to a path. */
const wayFrom = (folder: string, path: string): string => {
  const [from, to] = [folder, path].map(text => text.split('/').filter(part => part !== ''))
  const shared = (from ?? []).findIndex((part, at) => part !== to?.[at])
  const kept = shared === -1 ? (from?.length ?? 0) : shared
  return [...(from ?? []).slice(kept).map(() => '..'), ...(to ?? []).slice(kept)].join('/') || '.'
}

const placeOf = (call: Call, { options, target, isInto }: Transfer, source: string): string => {
  const isExact = options.has('no-target-directory')
  const follow = options.has('no-dereference') ? 'folders-only' : 'links'
  const isFolder = findNode(call, resolvePath(call.cwd, target), follow)?.kind === 'directory'
  return isInto || (isFolder && !isExact) ? placeIn(target, source) : target
}

/** ln(1). */
export const ln: Program = {
  names: ['ln'],
  isInstalled: everywhere,
  run: async (call): Promise<Reply> => {
    const { args, cwd, passage } = call
    const lone = args.filter(arg => !arg.startsWith('-'))
    const isLone = lone.length === 1 && !args.some(arg => /^-\w*t|^--target/.test(arg))
    const whole = isLone ? [...args, `./${baseName(lone[0] ?? '')}`] : args
    const transfer = readTransfer(table, { ...call, args: whole })
    if (typeof transfer === 'string') return { stderr: transfer, exit: 1 }
    const { options, sources } = transfer
    const flags = [
      ...(options.has('symbolic') ? ['-s'] : []),
      ...(options.has('force') ? ['-f'] : []),
      ...(options.has('verbose') ? ['-v'] : []),
      '-n',
    ]
    const replies: Reply[] = []
    for (const source of sources) {
      const place = placeOf(call, transfer, source)
      const path = resolvePath(cwd, place)
      const leadsTo = options.has('relative') ? wayFrom(folderOf(path), resolvePath(cwd, source)) : source
      setAside(call, place, options)
      // A link that leads nowhere is there all the same.
      if (findNode(call, path, 'folders-only')?.kind === 'symlink') {
        if (options.has('force')) await passage.runHere(['rm', '-f', path])
        else {
          const kind = options.has('symbolic') ? 'symbolic' : 'hard'
          replies.push({ stderr: `ln: failed to create ${kind} link '${place}': File exists\n`, exit: 1 })
          continue
        }
      }
      replies.push(await passage.original([...flags, leadsTo, place]))
    }
    const join = (stream: 'stdout' | 'stderr'): string => replies.map(reply => reply[stream] ?? '').join('')
    return {
      stdout: join('stdout'),
      stderr: join('stderr'),
      exit: Math.max(0, ...replies.map(({ exit = 0 }) => exit)),
    }
  },
}
