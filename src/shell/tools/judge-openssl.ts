import { type Call, changes, doubts, type Impact } from '../tool.ts'

const readers =
  /^(?:x509|verify|s_client|crl|ocsp|asn1parse|dgst|md5|sha1|sha256|sha512|rsa|ec|pkey|dsa|ciphers|version|list|errstr|req|pkcs7|pkcs12|crl2pkcs7|storeutl|help|info|s_time|base64|rand)$/
const writers =
  /^--?(?:out|keyout|writerand|sess_out|keylogfile|msgfile|respout|reqout|CAcreateserial|CAserial|newkey|new|signkey|key-?gen|engine|provider|provider-path|config|subj|CA|passout|export|text_out|psk_session|early_data|mineport|index|port)$/

/**
 * `openssl` reads with the commands that print, as long as no option writes a file, makes a key or loads code. `s_client` gets no input, so that it ends.
 */
export const judgeOpenssl = ({ operands }: Call): Impact | undefined => {
  const [command, ...words] = operands
  if (command?.text === undefined || !readers.test(command.text)) return undefined
  if (command.text === 'req' && !words.some(word => word.text === '-in')) return changes('makes a request')
  if (words.some(word => word.text === undefined && word.prefix === '' && !isValue(words, word)))
    return doubts('a word that cannot be told may be an option')
  const writing = words.find(
    word => writers.test(word.prefix) && !isReadingUse(command.text ?? '', word.prefix),
  )
  return writing === undefined
    ? { effect: 'read', because: 'prints keys or certificates' }
    : { effect: 'change', because: `${writing.source} writes or makes something` }
}

type Word = Call['operands'][number]

const isValue = (words: readonly Word[], word: Word): boolean =>
  words[words.indexOf(word) - 1]?.text?.startsWith('-') === true

/** `-text_out` and `-subject` are no writers; `-CA` only signs in `x509` and `req`. */
const isReadingUse = (command: string, option: string): boolean =>
  (option.endsWith('CA') && !/^(?:x509|req)$/.test(command)) || (option.endsWith('subj') && command !== 'req')
