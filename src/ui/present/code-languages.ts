/** Languages of code that are told apart, by the names that documents have for them. */
export const codeLanguages: Readonly<Record<string, readonly string[]>> = {
  awk: ['awk'],
  bash: ['bash', 'sh', 'zsh', 'ksh'],
  css: ['css'],
  diff: ['diff', 'patch'],
  dockerfile: ['dockerfile', 'docker', 'containerfile'],
  dos: ['dos', 'bat', 'cmd'],
  go: ['go', 'golang'],
  groovy: ['groovy', 'jenkinsfile'],
  http: ['http', 'https'],
  ini: ['ini', 'toml', 'conf', 'cfg', 'systemd', 'service', 'desktop'],
  java: ['java'],
  javascript: ['javascript', 'js', 'jsx', 'mjs', 'cjs'],
  json: ['json', 'jsonc', 'json5'],
  lua: ['lua'],
  makefile: ['makefile', 'make', 'mk'],
  markdown: ['markdown', 'md'],
  nginx: ['nginx'],
  perl: ['perl', 'pl'],
  powershell: ['powershell', 'ps1', 'pwsh'],
  properties: ['properties', 'env', 'dotenv'],
  python: ['python', 'py'],
  ruby: ['ruby', 'rb'],
  rust: ['rust', 'rs'],
  shell: ['shell', 'console', 'shellsession'],
  sql: ['sql', 'psql', 'mysql'],
  typescript: ['typescript', 'ts', 'tsx'],
  xml: ['xml', 'html', 'xhtml', 'svg'],
  yaml: ['yaml', 'yml'],
}

/** What code without a language, or in another, is taken for: it is shown as it is. */
const PLAIN = 'plaintext'

const byName = new Map(
  Object.entries(codeLanguages).flatMap(([language, names]) => names.map(name => [name, language])),
)

/** The language of code whose block is opened with such words; the first tells it, whatever stands behind. */
export const languageOfCode = (opening: string | undefined): string =>
  byName.get(/^[^\s{,]*/.exec(opening ?? '')?.[0].toLowerCase() ?? '') ?? PLAIN
