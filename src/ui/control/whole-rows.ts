/** A stream to a terminal. */
type Out = { readonly write: (text: string) => unknown }

const wrapping = (isOn: 'h' | 'l') => `\x1b[?7${isOn}`

/**
 * Lets a terminal cut rows that it takes for longer than itself. Terminals do not agree on how wide joined emoji and some scripts are:
 * a row that is broken would move everything below it, and what is drawn later would go to the wrong rows.
 */
export const cutLongRows = (stdout: Out): void => void stdout.write(wrapping('l'))

/** Lets a terminal break long rows, as other programs expect it. */
export const breakLongRows = (stdout: Out): void => void stdout.write(wrapping('h'))
