import type { Place } from '../../base/index.ts'

/** A prompt at the start of a line: `length` covers the indentation, the prompt and the blanks behind it. */
export type Prompt = { readonly indent: number; readonly length: number; readonly place: Place | undefined }

/** In which fences a shape is a prompt: everywhere, in any that is tagged as a shell, or only in `console` ones. */
type Reach = 'any' | 'tagged' | 'console'

type Shape = { readonly pattern: RegExp; readonly reach: Reach }

const shapes: readonly Shape[] = [
  // [user@host dir]$ and (env) [user@host dir]#
  { reach: 'any', pattern: /^(?:\([\w.-]+\) )?\[[\w.-]+@([\w.-]+)(?:[ :][^\]]*)?\][$#%](?=\s|$)\s*/ },
  // user@host:dir$ and root@host:~#
  { reach: 'any', pattern: /^(?:\([\w.-]+\) )?[\w.-]+@([\w.-]+)(?::[^\s$#]*)? ?[$#](?=\s|$)\s*/ },
  // user@host dir % of zsh
  { reach: 'tagged', pattern: /^[\w.-]+@([\w.-]+) [~/]\S* [%#](?=\s|$)\s*/ },
  // node-1$ and node-{1,2,3}$
  { reach: 'any', pattern: /^([A-Za-z][\w.{},-]*)\$(?=\s|$)\s*/ },
  { reach: 'tagged', pattern: /^([A-Za-z][\w.-]*[\w])# (?=\S)\s*/ },
  { reach: 'any', pattern: /^\$(?=\s|$)\s*/ },
  { reach: 'console', pattern: /^(?:~|\/[\w./-]*) [$#](?=\s|$)\s*/ },
  { reach: 'console', pattern: /^% (?=\S)\s*/ },
]

/** Prompts such as `bash-5.1$` name a shell, not a place. */
const shellName = /^(?:ba|z|k|da|c|tc|fi)?sh(?:-[\d.]+)?$/

const rootPrompt = /^# +(?=\S)/

/** Words with which comments begin and commands do not. */
const commentStart =
  /^(?!for\s+\w+\s+in\s|if\s+[[!])(?:or|and|then|now|first|next|finally|if|when|for|on|in|to|from|with|as|see|show|list|check|get|verify|view|display|use|run|look|ensure|confirm|wait|note|create|delete|remove|add|enable|disable|start|stop|restart|inspect|example|output|expected|should|this|these|it)\s/

/** Signs of a sentence that a command hardly ever shows. */
const prose = /^[A-Z][a-z]|[.:!?…]$|\s(?:the|an?|is|are|to|of|if|with|from|this|that|and|or|your|you|we|it)\s/

const isSentence = (text: string): boolean => commentStart.test(text) || prose.test(text)

/** In a console block `# ` is root's prompt, unless a sentence stands behind it. */
const isRootPrompt = (text: string): boolean =>
  rootPrompt.test(text) && !isSentence(text.replace(rootPrompt, ''))

/** What kind of fence a line stands in, as far as prompts go. */
export type FenceStyle = 'untagged' | 'script' | 'console'

const reaches: Readonly<Record<FenceStyle, readonly Reach[]>> = {
  untagged: ['any'],
  script: ['any', 'tagged'],
  console: ['any', 'tagged', 'console'],
}

/** Finds the prompt that a line begins with. */
export const findPrompt = (line: string, style: FenceStyle): Prompt | undefined => {
  const indent = line.search(/\S/)
  if (indent < 0) return undefined
  const text = line.slice(indent, indent + 400)
  for (const { reach, pattern } of shapes) {
    const match = reaches[style].includes(reach) ? pattern.exec(text) : null
    if (match === null) continue
    const [whole, name] = match
    const place = name === undefined || shellName.test(name) ? undefined : name
    return { indent, length: indent + whole.length, place }
  }
  if (style !== 'console' || !isRootPrompt(text)) return undefined
  return { indent, length: indent + (rootPrompt.exec(text)?.[0].length ?? 0), place: undefined }
}
