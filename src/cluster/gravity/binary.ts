/**
 * The file of the gravity program of a version. The shell runs scripts, so the program's file is one: it starts the simulated program
 * as that version, wherever the file was copied or downloaded to.
 */
export const binaryText = (version: string): string =>
  `#!/bin/sh\nGRAVITY_BINARY_VERSION=${version} gravity-binary "$@"\n`

/** The file under which a program of the shell is known at its place. */
export const programStub = (name: string): string => `#!/bin/bash\n# Built-in command: ${name}\n`
