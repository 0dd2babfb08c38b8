import { transform } from 'esbuild'
import { withPlainExports } from './plain-exports.ts'

// Whatever esbuild leaves of other signs stands in regular expressions, where an escape means the same.
const toAscii = (code: string): string =>
  code.replace(/[^\0-\x7F]/g, sign => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`)

/**
 * A bundled module as a script whose value is a function of the module, what requires others and its own address. Of
 * scripts the engine keeps all that it has compiled, of modules only what it compiled before they ran.
 */
export const toScript = async (text: string): Promise<string> => {
  const { code } = await transform(text, {
    format: 'cjs',
    platform: 'node',
    target: 'node22.12',
    supported: { 'dynamic-import': false },
    define: { 'import.meta.url': '__url' },
    minifyWhitespace: true,
    minifySyntax: true,
    legalComments: 'none',
  })
  return `(function(module,require,__url){${toAscii(withPlainExports(code))}})`
}
