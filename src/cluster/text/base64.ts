/** The text that a Base64 text stands for, white space within it aside; `undefined` for what is none. */
export const decodeBase64 = (text: string): string | undefined => {
  try {
    return atob(text.replace(/\s+/g, ''))
  } catch {
    return undefined
  }
}
