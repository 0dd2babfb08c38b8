import { run } from './run.ts'

// Ends at once: idle timers and open handles of libraries would only keep the prompt waiting.
void run(process.argv.slice(2)).then(code => process.exit(code))
