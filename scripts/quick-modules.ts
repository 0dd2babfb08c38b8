import { readFileSync } from 'node:fs'
import type { Plugin } from 'esbuild'

/** Symbols of our screens, besides printable ASCII, that are one column wide each and join with nothing: a class of a regular expression. */
export const narrowSymbols =
  '\\u00B7\\u2014\\u2022\\u2026\\u2190-\\u2193\\u2500-\\u259F\\u25B8\\u25BE\\u2713\\u276F'

type Change = { readonly from: string; readonly to: string }

const changes: readonly { readonly module: RegExp; readonly changes: readonly Change[] }[] = [
  {
    // It would fetch its own bytes from a data URL, for which Node loads its HTTP client; without, it takes them as they are.
    module: /yoga-wasm-base64-esm\.js$/,
    changes: [
      { from: '"function"!=typeof fetch?', to: '!0?' },
      {
        from: 'return ya().then(function(f){return WebAssembly.instantiate(f,d)}).then(function(f){return f}).then(e,function(f){v("failed to asynchronously prepare wasm: "+f);x(f)})',
        to: 'e({instance:new WebAssembly.Instance(new WebAssembly.Module(wa()),d)});return Promise.resolve()',
      },
    ],
  },
  {
    // A script cannot wait for a promise before it goes on.
    module: /yoga-layout\/dist\/src\/index\.js$/,
    changes: [
      {
        from: 'const Yoga = wrapAssembly(await loadYoga());',
        to: 'const engine = {}; loadYoga(engine); const Yoga = wrapAssembly(engine);',
      },
    ],
  },
  {
    // Of use to whoever works on Ink itself only.
    module: /node_modules\/ink\/build\/reconciler\.js$/,
    changes: [{ from: "process.env['DEV'] === 'true'", to: 'false' }],
  },
  {
    // Six expressions over all punctuation signs there are, of which a document seldom needs one.
    module: /node_modules\/marked\/lib\/marked\.esm\.js$/,
    changes: [
      {
        from: 'getRegex:()=>new RegExp(t,e)',
        to: `getRegex:()=>{
          if(e!=="gu"||t[0]!=="^")return new RegExp(t,e);
          let made;
          return{exec:text=>(made??=new RegExp(t,e)).exec(text),set lastIndex(at){(made??=new RegExp(t,e)).lastIndex=at}}
        }`,
      },
    ],
  },
  {
    // A frame's border sent each line through the expression of all emoji, which takes long to compile.
    module: /node_modules\/string-width\/index\.js$/,
    changes: [
      {
        from: '/^[\\u0020-\\u007E]*$/.test(string)',
        to: `(ambiguousIsNarrow ? /^[\\u0020-\\u007E${narrowSymbols}]*$/ : /^[\\u0020-\\u007E]*$/).test(string)`,
      },
      {
        from: 'const rgiEmojiRegex = /^\\p{RGI_Emoji}$/v;',
        to: 'let emoji; const rgiEmojiRegex = {test: text => (emoji ??= /^\\p{RGI_Emoji}$/v).test(text)};',
      },
    ],
  },
]

const apply = (path: string, text: string, { from, to }: Change): string => {
  if (!text.includes(from)) throw new Error(`${path} does not hold what the build changes: ${from}`)
  return text.replaceAll(from, () => to)
}

/** Older releases that other libraries bring along stay as they are. */
const isNested = (path: string): boolean => path.split('node_modules').length > 2

/** Spares the program what libraries do at their start and it has no use for. Fails when a library is no longer as it was. */
export const quickModules: Plugin = {
  name: 'quick-modules',
  setup: build => {
    for (const { module, changes: wanted } of changes)
      build.onLoad({ filter: module }, ({ path }) =>
        isNested(path)
          ? undefined
          : {
              contents: wanted.reduce(
                (text, change) => apply(path, text, change),
                readFileSync(path, 'utf8'),
              ),
              loader: 'js',
            },
      )
  },
}
