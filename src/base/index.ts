export { createOutputCleaner, type OutputCleaner } from './clean-output.ts'
export type {
  CapturedOutput,
  CommandMode,
  CommandRequest,
  NotStartedReason,
  Outcome,
  OutputChunk,
  OutputLine,
  StreamName,
} from './command.ts'
export type { Condition, TextPattern } from './condition.ts'
export type { Diagnostic, DiagnosticSeverity } from './diagnostic.ts'
export { dropColours } from './drop-colours.ts'
export { adviceOf, errorCode, reasonOf } from './error-words.ts'
export { formatCount, formatCounted } from './format-count.ts'
export { atOnce, type InPieces } from './in-pieces.ts'
export { isLayer, type Layer, layers } from './layer.ts'
export { lazily } from './lazily.ts'
export { nearestWord } from './nearest-word.ts'
export { isMachinePlace, isPlaceKind, type Place, places } from './place.ts'
export { rankTexts } from './rank-texts.ts'
export { remembered } from './remembered.ts'
export { fail, type Result, succeed } from './result.ts'
export { escapeHidden, showHidden } from './show-hidden.ts'
export type { Position, Span } from './span.ts'
export type { Destination, StepRef } from './step-ref.ts'
export { type TextStretch, textFrom, type WholeOutput } from './whole-output.ts'
export { wordOutcome } from './word-outcome.ts'
export { createYamlPlaces, type YamlPath, type YamlPlaces } from './yaml-places.ts'
