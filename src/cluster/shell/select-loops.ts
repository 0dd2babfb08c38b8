import { Bash } from 'just-bash/browser'
import type { Command, Statement } from './script.ts'

type Loop = Extract<Command, { type: 'For' }>
type Parse = (text: string) => readonly Statement[]

/** What stands first among the words of a loop that was written with `select`. */
const MARK = '__select'

const head =
  /(?<=^|[;&|({\n]\s*|\b(?:do|then|else)\s+)select(\s+[A-Za-z_]\w*)(?:(\s+in)\b(?=[^;\n]*[;\n]\s*do\b)|(?=\s*[;\n]\s*do\b))/g

/** The interpreter with `select`, which its parser takes for a mistake: it is read as a loop over a mark and the words. */
export class Interpreter extends Bash {
  static readable(text: string): string {
    return text.includes('select')
      ? text.replace(head, (_, name: string, given?: string) =>
          given === undefined ? `for${name} in ${MARK} "$@"` : `for${name}${given} ${MARK}`,
        )
      : text
  }

  override exec(...[text, options]: Parameters<Bash['exec']>): ReturnType<Bash['exec']> {
    return super.exec(Interpreter.readable(text), options)
  }

  override transform(text: string): ReturnType<Bash['transform']> {
    return super.transform(Interpreter.readable(text))
  }
}

const menu =
  '__at=0; for __choice in "$\u007B__choices[@]}"; do printf \'%d) %s\\n\' $((++__at)) "$__choice"; done >&2'

/** A loop that asks for one of its words each time: the menu comes before the first answer and after an empty one. */
export const asked = (loop: Loop, parse: Parse): Command => {
  const [first, ...words] = loop.words ?? []
  const [part] = first?.parts ?? []
  if (part?.type !== 'Literal' || part.value !== MARK) return loop
  const { variable, body, redirections } = loop
  const pick = `${variable}=; [[ $REPLY =~ ^[1-9][0-9]*$ ]] && ${variable}="\${__choices[REPLY-1]-}"; :`
  const [ask] = parse(
    `while __ends=; for ((;;)); do [[ -n $REPLY ]] || { ${menu}; }; printf %s "\${PS3-#? }" >&2; read -r REPLY || __ends=1; [[ -z $REPLY$__ends ]] || break; done; [[ -z $__ends ]] && { ${pick}; }; do :; done`,
  )
  const begin = parse('__choices=(); REPLY=').map(statement => ({
    ...statement,
    pipelines: statement.pipelines.map(pipeline => ({
      ...pipeline,
      commands: pipeline.commands.map(command =>
        command.type === 'SimpleCommand' && command.assignments[0]?.name === '__choices'
          ? { ...command, assignments: [{ ...command.assignments[0], array: words }] }
          : command,
      ),
    })),
  }))
  const last = ask?.pipelines[0]?.commands[0]
  if (ask === undefined || last?.type !== 'While') return loop
  const loops: Statement = {
    ...ask,
    pipelines: [{ type: 'Pipeline', commands: [{ ...last, body }], negated: false }],
  }
  return { type: 'Group', body: [...begin, loops], redirections }
}
