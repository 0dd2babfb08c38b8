import { parentPort } from 'node:worker_threads'
import type { OutputLine } from '../../base/index.ts'
import { parsers } from '../../facts/index.ts'
import { type Analysis, analyseOutput, type EndedCommand } from '../../session/index.ts'
import { loadKnowledge } from '../load-knowledge.ts'
import { unpackLines } from './packed-lines.ts'
import type { FromThread, ToThread } from './thread-words.ts'

const lines: OutputLine[] = []

const analyse = (ended: EndedCommand): Analysis =>
  analyseOutput({ parsers, knowledge: loadKnowledge() }, { ...ended, output: { ...ended.output, lines } })

parentPort?.on('message', (word: ToThread) => {
  if (word.kind === 'lines') for (const line of unpackLines(word.packed)) lines.push(line)
  else parentPort?.postMessage(analyse(word.ended) satisfies FromThread)
})
