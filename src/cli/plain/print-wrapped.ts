import { print } from '../print.ts'
import { wrapText } from './wrap-text.ts'

/** Prints a text for people; on a terminal without breaking words at its edge. Elsewhere each line stays one. */
export const printWrapped = (text: string): void => {
  const { isTTY, columns } = process.stdout
  print.out(isTTY === true && columns > 0 ? wrapText(text, columns) : text)
}
