import { closeSync, constants, openSync } from 'node:fs'
import { Socket } from 'node:net'

/** A pipe's two ends: a stream to read here, a descriptor for a program to write to. */
export type Pipe = { readonly reader: Socket; readonly writeEnd: number }

/**
 * Opens a named pipe. Node connects its children with sockets, which `/dev/stdout` and `/dev/stderr` cannot open again;
 * runbooks write to those, so a program gets a true pipe. The caller closes the write end once the program has its own.
 */
export const openPipe = (path: string): Pipe => {
  const readEnd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK)
  try {
    const writeEnd = openSync(path, constants.O_WRONLY)
    return { reader: new Socket({ fd: readEnd, readable: true, writable: false }), writeEnd }
  } catch (error) {
    closeSync(readEnd)
    throw error
  }
}
