import type { VariableType } from '../types.ts'

/** What the last word of a name says about its values. Names that Kubernetes checks are `name`; units and containers are freer. */
const typeOfLastWord: Readonly<Record<string, VariableType>> = {
  IP: 'ip',
  PORT: 'port',
  HOST: 'host',
  HOSTNAME: 'host',
  DOMAIN: 'host',
  FQDN: 'host',
  ENDPOINT: 'host',
  SERVER: 'host',
  PATH: 'path',
  FILE: 'path',
  FILENAME: 'path',
  DIR: 'path',
  DIRECTORY: 'path',
  PASSWORD: 'secret',
  PASSWD: 'secret',
  PASSPHRASE: 'secret',
  TOKEN: 'secret',
  CREDENTIALS: 'secret',
  CREDS: 'secret',
  APIKEY: 'secret',
  COUNT: 'number',
  NUMBER: 'number',
  REPLICAS: 'number',
  REVISION: 'number',
  PID: 'number',
  TIMEOUT: 'duration',
  DURATION: 'duration',
  NAMESPACE: 'name',
  NODE: 'name',
  POD: 'name',
  DEPLOYMENT: 'name',
  CSR: 'name',
}

const kubernetesName =
  /^(?:\w+_)?(?:NODE|POD|NAMESPACE|DEPLOYMENT|SVC|CSR|PV|PVC|SECRET|CONFIGMAP|CRONJOB|JOB)_NAME$/

const secretPair =
  /(?:^|_)(?:(?:API|ACCESS|AUTH|SECRET|ENCRYPTION)_KEY|(?:CLIENT|API|APP|SHARED|OAUTH|WEBHOOK)_SECRET)$/

/** The type of a placeholder that was not declared, from its name. What is doubtful is `text`, which refuses nothing. */
export const inferType = (name: string): VariableType => {
  if (kubernetesName.test(name)) return 'name'
  if (secretPair.test(name)) return 'secret'
  const words = name.split('_')
  const type = typeOfLastWord[words.at(-1) ?? ''] ?? 'text'
  if (!words.includes('OR')) return type
  return type === 'ip' || type === 'host' ? 'host' : 'text'
}
