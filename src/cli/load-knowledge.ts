import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Cause, compileKnowledge, type Knowledge, parseCauses } from '../diagnosis/index.ts'
import { runbooksFolder } from './project-root.ts'

const readCauses = (path: string): readonly Cause[] => {
  const { causes, diagnostics } = parseCauses({ name: path, text: readFileSync(path, 'utf8') })
  const broken = diagnostics.find(d => d.severity === 'error')
  if (broken !== undefined) {
    const { line, column } = broken.span.start
    throw new Error(`${path}:${line}:${column} ${broken.code} ${broken.message}`)
  }
  return causes
}

/** The bundled causes, compiled. Throws when one of the program's own files is broken, which is a bug of the program. */
export const loadKnowledge = (): Knowledge => {
  const folder = join(runbooksFolder(), 'causes')
  const files = existsSync(folder)
    ? readdirSync(folder)
        .filter(name => name.endsWith('.yaml'))
        .sort()
    : []
  return compileKnowledge(files.flatMap(name => readCauses(join(folder, name))))
}
