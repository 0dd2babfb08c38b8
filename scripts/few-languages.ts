import type { Plugin } from 'esbuild'
import { codeLanguages } from '../src/ui/present/code-languages.ts'

const registered = [...Object.keys(codeLanguages), 'plaintext'].map(
  name => `hljs.registerLanguage('${name}', require('./languages/${name}'));`,
)

/** Bundles the languages whose code is coloured, of two hundred that the library would take apart at its start. */
export const fewLanguages: Plugin = {
  name: 'few-languages',
  setup: build => {
    build.onLoad({ filter: /node_modules\/highlight\.js\/lib\/index\.js$/ }, () => ({
      contents: ["const hljs = require('./core');", ...registered, 'module.exports = hljs;'].join('\n'),
      loader: 'js',
    }))
  },
}
