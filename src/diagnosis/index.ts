export { checkCondition, resultDocs } from './check-condition.ts'
export { compileKnowledge, type Knowledge } from './compile-knowledge.ts'
export { couldHang } from './could-hang.ts'
export { createDiagnosis, type Diagnosis, type OutputDiagnosis } from './create-diagnosis.ts'
export { diagnose, diagnosing } from './diagnose.ts'
export { evaluateBranches } from './evaluate-branches.ts'
export type { ExpressionError } from './expression.ts'
export { isScannedInPart, LONG_LINES, longLinesText, noteLongLines } from './note-long-lines.ts'
export { type CausesFile, type ParsedCauses, parseCauses } from './parse-causes.ts'
export { compilePattern, parsePattern } from './pattern.ts'
export { type LookForMatch, scanLookFor, type Wanted } from './scan-look-for.ts'
export { suggestValues } from './suggest-values.ts'
export type {
  BranchQuestion,
  Cause,
  CauseCondition,
  CausePattern,
  Evidence,
  Finding,
  Judgement,
  Observation,
  RunResult,
  Severity,
  Verdict,
  VerdictStatus,
} from './types.ts'
