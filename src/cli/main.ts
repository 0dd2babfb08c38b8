import { setFlagsFromString } from 'node:v8'
import { run } from './run.ts'

// A triage machine may be short of memory. During a flood of output this halves the peak for some processor time.
setFlagsFromString('--optimize-for-size')

// Ends at once: idle timers and open handles of libraries would only keep the prompt waiting.
process.exit(await run(process.argv.slice(2)))
