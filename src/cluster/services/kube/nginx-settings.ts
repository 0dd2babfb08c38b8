import { namesIn, readText } from '../../files/file-tree.ts'
import type { FileTree } from '../../world/file-node.ts'

const MAIN = '/etc/nginx/nginx.conf'
const SITES = '/etc/nginx/conf.d'

/** On which ports nginx listens by its files, and where its pages lie. */
export type NginxSettings = { readonly ports: readonly number[]; readonly root: string }

/** The words and signs of a settings file, each with its line; comments are left out. */
const tokensOf = (text: string): readonly { readonly word: string; readonly line: number }[] =>
  text
    .split('\n')
    .flatMap((row, at) =>
      [...row.matchAll(/#.*|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[;{}]|(?:\$\{\w+\}|[^\s;{}])+/g)]
        .map(([word]) => ({ word, line: at + 1 }))
        .filter(({ word }) => !word.startsWith('#')),
    )

/** What nginx says of a file that is not built as it reads them: directives end with a semicolon, blocks with a brace. */
const buildProblem = (text: string, path: string): string | undefined => {
  let depth = 0
  let isOpen = false
  for (const { word, line } of tokensOf(text)) {
    if ((word === ';' || word === '{') && !isOpen) return `unexpected "${word}" in ${path}:${line}`
    if (word === '}' && (isOpen || depth === 0)) return `unexpected "}" in ${path}:${line}`
    if (word === '{') depth += 1
    if (word === '}') depth -= 1
    isOpen = !/^[;{}]$/.test(word)
  }
  const end = `${path}:${text.replace(/\n$/, '').split('\n').length}`
  if (isOpen) return `unexpected end of file, expecting ";" or "}" in ${end}`
  return depth === 0 ? undefined : `unexpected end of file, expecting "}" in ${end}`
}

/** Why nginx cannot read its settings; `undefined` where it can, as far as their build goes. */
export const nginxProblem = (files: FileTree): string | undefined => {
  for (const path of nginxSettingFiles(files)) {
    const text = readText(files, path)
    if (text === undefined) return `open() "${path}" failed (2: No such file or directory)`
    const problem = buildProblem(text, path)
    if (problem !== undefined) return problem
  }
  return undefined
}

/** What nginx says of its settings when it is asked to try them, and whether they are well. */
export const nginxTest = (files: FileTree): { readonly text: string; readonly isWell: boolean } => {
  const problem = nginxProblem(files)
  return problem === undefined
    ? {
        text: `nginx: the configuration file ${MAIN} syntax is ok\nnginx: configuration file ${MAIN} test is successful\n`,
        isWell: true,
      }
    : { text: `nginx: [emerg] ${problem}\nnginx: configuration file ${MAIN} test failed\n`, isWell: false }
}

/** The files of nginx's settings that are there, the main one first. */
export const nginxSettingFiles = (files: FileTree): readonly string[] => {
  const main = readText(files, MAIN) ?? ''
  const sites = namesIn(files, SITES).filter(name => name.endsWith('.conf'))
  return [MAIN, ...(main.includes(`${SITES}/*.conf`) ? sites.map(name => `${SITES}/${name}`) : [])]
}

/** Reads `listen` and `root` as far as they are given in words of their own; of several roots the first. */
export const nginxSettings = (files: FileTree): NginxSettings => {
  const text = nginxSettingFiles(files)
    .map(path => readText(files, path) ?? '')
    .join('\n')
    .replace(/#.*$/gm, '')
  const ports = [...text.matchAll(/\blisten\s+(?:[\d.]+:|\[::\]:)?(\d+)/g)].map(([, port]) => Number(port))
  return {
    ports: ports.length === 0 ? [80] : [...new Set(ports)],
    root: /\broot\s+([^;\s]+)/.exec(text)?.[1] ?? '/etc/nginx/html',
  }
}
