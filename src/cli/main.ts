import { setFlagsFromString } from 'node:v8'
import { run } from './run.ts'

// A pattern of a document from anywhere must not be able to hang the program: V8 goes over to its linear engine when one backtracks.
setFlagsFromString('--enable-experimental-regexp-engine-on-excessive-backtracks')

// Ends at once: idle timers and open handles of libraries would only keep the prompt waiting.
process.exit(await run(process.argv.slice(2)))
