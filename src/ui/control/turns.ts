/** Lets a piece of work have its turn once keys and output had theirs; asked for several times before, it has one all the same. */
export const createTurns = (work: () => void): (() => void) => {
  let isDue = false
  return () => {
    if (isDue) return
    isDue = true
    setImmediate(() => {
      isDue = false
      work()
    })
  }
}
