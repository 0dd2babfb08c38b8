import { Writable } from 'node:stream'

/** Standard output as a line reader draws on it. While it is quiet, what is typed is not drawn. */
export type EchoScreen = {
  readonly stream: Writable
  readonly setEcho: (echo: 'shown' | 'quiet') => void
}

/** Creates the screen; it has the width of the terminal and follows it. */
export const createEchoScreen = (stdout: NodeJS.WriteStream): EchoScreen => {
  let isQuiet = false
  const stream = new Writable({
    decodeStrings: false,
    write: (chunk: string | Buffer, _encoding, done) => {
      if (!isQuiet) stdout.write(chunk)
      done()
    },
  })
  // A line reader looks here for where lines wrap.
  Object.defineProperty(stream, 'columns', { get: () => stdout.columns })
  stdout.on('resize', () => stream.emit('resize'))
  return {
    stream,
    setEcho: echo => {
      isQuiet = echo === 'quiet'
    },
  }
}
