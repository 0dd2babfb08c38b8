import { userInfo } from 'node:os'

/** Who sits at this machine, by the name of the account. */
export const traineeHere = (): string => {
  try {
    return userInfo().username
  } catch {
    return 'somebody'
  }
}
