import { isKnownCommand } from './is-known-command.ts'

/**
 * What stands in front of a command that somebody typed or a script announced. The first group of a form is the command. A form
 * that also occurs in files and outputs counts only before a command that is known.
 */
type PromptForm = { readonly pattern: RegExp; readonly needsKnownCommand?: true }

// `[06:10:39]`, `2026-11-21T06:10:39Z`, and what python and kube-ps1 put in front: `(venv)`, `(⎈|prod:default)`.
const stamp = String.raw`(?:\[[\d:.TZ /-]+\] ?|(?:\d{4}-\d\d-\d\d[T ])?\d\d:\d\d:\d\d\S{0,8} )?`
const before = String.raw`^${stamp}(?:\([^()]{1,80}\) ?)?`

const forms: readonly PromptForm[] = [
  // [root@node-1 ~]# df -h
  { pattern: new RegExp(String.raw`${before}\[[\w.-]+@[\w.-]+ [^\]]{1,200}\] ?[$#%](?: +(.*)|)$`) },
  // root@node-1:~# df -h   ops@node-1 ~ $ df -h   ops@node-1:~> df -h
  {
    pattern: new RegExp(
      String.raw`${before}[\w.-]+@[\w.-]+(?::| |:? ?(?=[~/]))(?:[~/][^$#>]{0,200}?)? ?[$#%>](?: +(.*)|)$`,
    ),
  },
  // node-1:~ # df -h   node-1:/var/log$ df -h
  { pattern: /^[\w.-]+:[~/]\S{0,200} ?[$#%>](?: +(.*)|)$/ },
  // bash-5.1$ df -h   node-1$ df -h
  { pattern: /^[A-Za-z][\w.-]*\$(?: +(.*)|)$/ },
  { pattern: new RegExp(String.raw`^${stamp}\$ +([A-Za-z./_~(].*)$`) },
  // [root@node-1 ~]#df -h   $df -h
  { pattern: /^(?:\[[\w.-]+@[\w.-]+ [^\]]{1,200}\])?[$#](\S.*)$/, needsKnownCommand: true },
  // busybox and Gentoo: / # df -h   ~ $ df -h   node-1 ~ # df -h
  { pattern: /^(?:[\w.-]+ )?(?:[~/]\S{0,200}|[\w.-]+) [$#] +(\S.*)$/, needsKnownCommand: true },
  // zsh themes: ➜  ~ git:(main) ✗ df -h   └─# df -h   ╰─$ df -h
  { pattern: /^➜ +\S+ +git:\([^)]{1,100}\) +(?:✗ +)?(\S.*)$/u, needsKnownCommand: true },
  { pattern: /^[└╰]─+ *[$#❯λ➜]* *(\S.*)$/u, needsKnownCommand: true },
  { pattern: /^[A-Za-z][\w.-]*[#%>] +(.*)$/, needsKnownCommand: true },
  { pattern: /^[#%❯➜λ+] +(?:~ +)?(\S.*)$/u, needsKnownCommand: true },
  // ===== df -h =====
  { pattern: /^[=#*-]{2,} *(\S.*?) *(?:[=#*-]{2,})?:?$/, needsKnownCommand: true },
]

// What `tail` and `head` print before each of several files.
const fileHeading = /^==> (\S.*) <==$/

/**
 * The command that stands behind a prompt on a line, empty for a prompt alone; `undefined` when the line is no prompt. Knows the
 * prompts of bash, sh, zsh and SUSE with user, host and folder, the bare `$` and `#`, the trace of `set -x`, and headings.
 */
export const readPrompt = (line: string): string | undefined => {
  const heading = fileHeading.exec(line)
  if (heading !== null) return `cat ${heading[1]}`
  for (const { pattern, needsKnownCommand } of forms) {
    const match = pattern.exec(line)
    if (match === null) continue
    const command = (match[1] ?? '').trim()
    if (needsKnownCommand === undefined || isKnownCommand(command)) return command
  }
  return undefined
}
