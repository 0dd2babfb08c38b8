/** Values that stand where a secret would and are none: switches, names of places to look, masks of other programs, variables. */
const plain =
  /^(?:true|false|yes|no|on|off|null|nil|none|empty|undefined|unset|redacted|hidden|masked|changeme|required|optional|invalid|expired|missing|unknown|error|default|configured|authentication|authenticated|provided|present|absent|enabled|disabled|used|bearer|basic|token|tokens|password|secret|string|header|value|file|stdin|prompt|MASKED-.*)$/i

/** Tells whether a value is no secret by itself: a word that says whether there is one, a path, a variable, a placeholder, a mask. */
export const isPlainWord = (text: string): boolean =>
  plain.test(text) ||
  /^(?:[/~]|\.\.?\/|\$|%|<|\{|@|file:|[*•x.?_-]+$|\d{1,3}$)/i.test(text) ||
  /[*•]{3,}/.test(text)

const isUuid = (text: string): boolean => /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)

/** Letters and digits so mixed, and so long, that nobody would call anything by it. */
const isMixed = (part: string): boolean => part.length >= 16 && /\d/.test(part) && /[a-z]/i.test(part)

const isObjectName = (text: string): boolean =>
  /^[a-z][a-z0-9]*(?:[-./:_][a-z0-9]+)*$/.test(text) && !isUuid(text) && !text.split(/[-./:_]/).some(isMixed)

/** Tells whether a value looks drawn by lot: long, with digits among letters; names of objects, paths, numbers and plain words are not. */
export const isRandom = (text: string): boolean =>
  text.length >= 12 &&
  /\d/.test(text) &&
  /[a-z]/i.test(text) &&
  !isPlainWord(text) &&
  !isObjectName(text) &&
  !/^\d[\d.:/TZ+-]*$/.test(text)

/** Tells whether the second part of what may be a bootstrap token of kubeadm holds digits and letters, which a host's name hardly does. */
export const isBootstrapToken = (text: string): boolean => isMixed(text.slice(text.indexOf('.') + 1))
