/** What lies at one path of a machine. Owner and group are names; times are milliseconds of simulated time since the epoch. */
export type FileNode = {
  kind: 'file' | 'directory' | 'symlink'
  /** What mknod made of a file: a device or a pipe. Where nothing is said, its place tells. */
  special?: 'block' | 'character' | 'pipe'
  mode: number
  owner: string
  group: string
  mtimeMs: number
  /** A file's text, or where a symbolic link leads. */
  text: string
  /** Bytes that a file takes beyond its text: large logs and databases are not kept in full. Of a folder, what its files take that are not kept one by one. */
  paddingBytes: number
  /** Bytes of its size that no block stands for, as those beyond the end that truncate gives a file. */
  holeBytes?: number
  /** Files in a folder that are not kept one by one: each takes an inode. */
  paddingInodes: number
  /** `chattr +i`: nobody may change it, nor what a folder holds. */
  isImmutable: boolean
}

/** The files of one machine or container by absolute path. Folders have entries of their own; `/` is always there. `files/` alone changes it. */
export type FileTree = ReadonlyMap<string, FileNode>
