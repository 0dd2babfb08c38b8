import { loadProgram } from '../load-program.ts'

loadProgram('analysis-thread.js', { folder: import.meta.dirname, kept: undefined })
