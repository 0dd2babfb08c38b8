// A module of its own, loaded only where there is YAML to read: a start without a settings file does without it.
/** What reading YAML with its places takes. */
export { LineCounter, parse, parseDocument } from 'yaml'
