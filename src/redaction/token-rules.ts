import { isBootstrapToken, isRandom } from './looks-secret.ts'
import { exact, is, notPlain, rule } from './make-rule.ts'
import type { SecretRule } from './types.ts'

const base64 = String.raw`[A-Za-z0-9+/_-]`

/**
 * Secrets that tell what they are: tokens with an issuer's prefix, keys, headers, addresses. Issuers document their prefixes; the forms of
 * Kubernetes' own are those of kubeadm, k3s, client-go and etcd.
 */
export const tokenRules: readonly SecretRule[] = [
  exact('jwt', String.raw`eyJ`, String.raw`\b(?<secret>eyJ${base64}{6,}\.eyJ${base64}{6,}(?:\.${base64}*)?)`),
  rule('bearer-token', String.raw`bearer`, String.raw`\bbearer\s+(?<secret>[\w.~+/=:-]{8,})`, notPlain),
  rule(
    'basic-auth',
    String.raw`authorization`,
    String.raw`\bauthorization${is}(?:basic|negotiate|digest)\s+(?<secret>[\w.~+/=-]{4,})`,
  ),
  rule(
    'auth-header',
    String.raw`token|secret|api-?key|password|authorization`,
    String.raw`\b(?:x-[a-z-]*(?:token|secret|api-?key|password)|(?:proxy-)?authorization|private-token|api-key)${is}(?:bearer\s+|token\s+|basic\s+)?(?<secret>[\w.~+/=:-]{6,})`,
    notPlain,
  ),
  rule('cookie', String.raw`cookie:`, String.raw`\b(?:set-)?cookie:\s*[\w.-]+=(?<secret>[^\s;"']{6,})`),
  rule(
    'url-password',
    String.raw`:\/\/[^/@\s]*@`,
    String.raw`\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s/:@"'<>]{0,100}:(?<secret>[^\s/@"'<>]{1,200})@`,
    notPlain,
  ),
  rule('client-key', String.raw`client-key-data`, String.raw`\bclient-key-data${is}(?<secret>[\w+/=]{8,})`),
  rule(
    'certificate-data',
    String.raw`-data`,
    String.raw`\b(?:client-certificate|certificate-authority)-data${is}(?<secret>[\w+/=]{8,})`,
  ),
  rule(
    'docker-auth',
    String.raw`auth"|token"`,
    String.raw`"(?:auth|identitytoken|registrytoken)"\s*:\s*"(?<secret>[^"]{4,})"`,
  ),
  rule(
    'docker-auth',
    String.raw`dockerconfigjson`,
    String.raw`\.?dockerconfigjson${is}(?<secret>[\w+/=]{16,})`,
  ),
  exact(
    'aws-key-id',
    String.raw`AKIA|ASIA|ABIA|ACCA`,
    String.raw`\b(?<secret>(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16})\b`,
  ),
  rule(
    'aws-secret-key',
    String.raw`access_?key|session_?token|security_?token`,
    String.raw`\b(?:aws_?)?(?:secret_?access_?key|session_?token|security_?token)${is}(?<secret>[\w+/=]{16,})`,
  ),
  exact('gcp-api-key', String.raw`AIza`, String.raw`\b(?<secret>AIza[\w-]{35})`),
  exact('gcp-oauth-token', String.raw`ya29\.`, String.raw`\b(?<secret>ya29\.[\w-]{10,})`),
  exact('gcp-oauth-token', String.raw`GOCSPX`, String.raw`\b(?<secret>GOCSPX-[\w-]{20,})`),
  rule(
    'azure-account-key',
    String.raw`(?:account|access)_?key`,
    String.raw`\b(?:account|shared_?access)_?key${is}(?<secret>[\w+/]{16,}={0,2})`,
  ),
  rule('azure-sas', String.raw`sig=`, String.raw`[?&;]sig=(?<secret>[\w%+/=-]{16,})`),
  exact('azure-client-secret', String.raw`Q~`, String.raw`(?<secret>\b[\w]{3}[78]Q~[\w.~-]{31,40})`),
  exact(
    'kubeadm-token',
    String.raw`\.[a-z0-9]{16}`,
    String.raw`(?<![\w.-])(?<secret>[a-z0-9]{6}\.[a-z0-9]{16})(?![\w.-])`,
    isBootstrapToken,
  ),
  exact('k3s-token', String.raw`K10[0-9a-f]`, String.raw`\b(?<secret>K10[0-9a-f]{16,}::[\w-]+:[\w.-]+)`),
  rule(
    'certificate-key',
    String.raw`certificate-?key`,
    String.raw`certificate-?key[\s"'=:]+(?<secret>[0-9a-f]{64})\b`,
  ),
  exact(
    'github-token',
    String.raw`gh[pousr]_|github_pat`,
    String.raw`\b(?<secret>gh[pousr]_\w{20,}|github_pat_\w{20,})`,
  ),
  exact(
    'gitlab-token',
    String.raw`gl[a-z]{2,4}-`,
    String.raw`\b(?<secret>gl(?:pat|dt|rt|cbt|ptt|soat)-[\w-]{16,})`,
  ),
  exact('slack-token', String.raw`xox[a-z]-`, String.raw`\b(?<secret>xox[abeoprs]-[\w-]{10,})`),
  rule(
    'webhook',
    String.raw`hooks\.slack`,
    String.raw`hooks\.slack\.com\/(?:services|workflows)\/(?<secret>[\w/-]{16,})`,
  ),
  rule(
    'webhook',
    String.raw`webhooks`,
    String.raw`discord(?:app)?\.com\/api\/webhooks\/\d+\/(?<secret>[\w-]{16,})`,
  ),
  exact('npm-token', String.raw`npm_`, String.raw`\b(?<secret>npm_[A-Za-z0-9]{30,})`),
  exact('docker-token', String.raw`dckr_`, String.raw`\b(?<secret>dckr_(?:pat|oat)_[\w-]{16,})`),
  exact('vault-token', String.raw`hv[sbr]\.`, String.raw`\b(?<secret>hv[sbr]\.[\w-]{20,})`),
  exact('stripe-key', String.raw`[rs]k_`, String.raw`\b(?<secret>[rs]k_(?:live|test)_\w{16,})`),
  exact('sendgrid-key', String.raw`SG\.`, String.raw`\b(?<secret>SG\.[\w-]{16,}\.[\w-]{16,})`),
  exact(
    'password-hash',
    String.raw`\$(?:[1567y]|2[abxy]|apr1|argon2|gy)`,
    String.raw`(?<secret>\$(?:[156y]|apr1|2[abxy]|argon2[a-z]*|gy|7)\$[\w./$=,+-]{16,})`,
  ),
  exact('age-key', String.raw`AGE-SECRET`, String.raw`\b(?<secret>AGE-SECRET-KEY-1[0-9A-Z]{40,})`),
  rule(
    'wireguard-key',
    String.raw`(?:private|preshared)_?key`,
    String.raw`\b(?:private|preshared)_?key${is}(?<secret>[\w+/]{42,43}=)`,
  ),
  rule(
    'private-key',
    String.raw`PRIVATE KEY`,
    String.raw`-----BEGIN [A-Z ]{0,30}PRIVATE KEY(?: BLOCK)?-----(?<secret>.{8,}?)(?:-----END|$)`,
  ),
  rule(
    'encryption-key',
    String.raw`secret:`,
    String.raw`^\s*(?:-\s+)?secret:\s*["']?(?<secret>[\w+/]{21,}={0,2})["']?\s*$`,
    isRandom,
  ),
]
