import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Cause, compileKnowledge, type Knowledge, parseCauses } from '../diagnosis/index.ts'
import { builtOr } from './bundled/built.ts'
import { type SourceText, sourceText } from './bundled/pack.ts'
import { runbooksFolder } from './project-root.ts'

const folder = (): string => join(runbooksFolder(), 'causes')

/** The bundled files of causes, in order. */
export const causesSources = (): readonly SourceText[] =>
  (existsSync(folder()) ? readdirSync(folder()) : [])
    .filter(name => name.endsWith('.yaml'))
    .sort()
    .map(name => sourceText('causes', name, readFileSync(join(folder(), name))))

const causesOf = (source: SourceText): readonly Cause[] => {
  const { causes, diagnostics } = builtOr(source, parseCauses)
  const broken = diagnostics.find(d => d.severity === 'error')
  if (broken !== undefined) {
    const { line, column } = broken.span.start
    throw new Error(`${join(folder(), source.name)}:${line}:${column} ${broken.code} ${broken.message}`)
  }
  return causes
}

/** The bundled causes, compiled. Throws when one of the program's own files is broken, which is a bug of the program. */
export const loadKnowledge = (): Knowledge => compileKnowledge(causesSources().flatMap(causesOf))
