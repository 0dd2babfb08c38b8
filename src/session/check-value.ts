import type { VariableType } from '../tree/index.ts'
import type { Refusal } from './types.ts'

type Rule = { readonly fits: RegExp; readonly wants: string }

const octet = '(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)'
const ipv4 = `${octet}(?:\\.${octet}){3}`
const ipv6 = '(?=[^:]*:[^:]*:)[0-9A-Fa-f:]{2,39}(?:%[\\w.-]+)?'
const hostName = '[A-Za-z0-9_](?:[A-Za-z0-9_.-]{0,251}[A-Za-z0-9_])?'

/** The types of the runbook format. Text and secret take anything that a command line can carry. */
const rules: Readonly<Record<VariableType, Rule>> = {
  ip: { fits: new RegExp(`^(?:${ipv4}|${ipv6})$`), wants: 'an IP address, such as 10.0.0.7' },
  host: { fits: new RegExp(`^(?:${hostName}|${ipv6})$`), wants: 'a host name or an IP address' },
  port: {
    fits: /^(?!0)(?:\d{1,4}|[1-5]\d{4}|6[0-4]\d{3}|65[0-4]\d\d|655[0-2]\d|6553[0-5])$/,
    wants: 'a port number from 1 to 65535',
  },
  name: {
    fits: /^[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?$/,
    wants: 'a name of lower-case letters, digits, dashes and dots',
  },
  path: { fits: /^[^-\0\n][^\0\n]*$/, wants: 'a path that does not begin with a dash' },
  number: { fits: /^-?\d+(?:\.\d+)?$/, wants: 'a number' },
  duration: { fits: /^\d+(?:\.\d+)?(?:ms|s|m|h|d)?$/, wants: 'a duration, such as 30s, 5m or 2h' },
  text: { fits: /^[^\0]+$/, wants: 'some text' },
  secret: { fits: /^[^\0]+$/, wants: 'a value' },
}

/** Tells whether a value can be one of a type. */
export const fitsType = (type: VariableType, value: string): boolean => rules[type].fits.test(value)

/** Checks a value for a placeholder against its declared type; gives the refusal when it does not fit. */
export const refuseValue = (name: string, type: VariableType, value: string): Refusal | undefined =>
  fitsType(type, value)
    ? undefined
    : { code: 'E_SESSION_VARIABLE_INVALID', text: `${name} wants ${rules[type].wants}.` }
