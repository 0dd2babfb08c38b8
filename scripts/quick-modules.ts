import { readFileSync } from 'node:fs'
import type { Plugin } from 'esbuild'
import { narrowSymbols } from '../src/ui/present/narrow-symbols.ts'

type Change = { readonly from: string; readonly to: string }

/** Makes a segmenter when it is needed: the first one of a process takes as long as a sixth of a start of Node. */
const late = 'segment: text => (made ??= new Intl.Segmenter()).segment(text)'
const lateSegmenter = (name: string): string => `let made; const ${name} = { ${late} };`

/** The same, for a module that only goes over the parts: symbols that join with nothing are parts themselves, escapes included. */
const quickSegmenter = `let made; const simple = /^[\\u001B\\u0020-\\u007E${narrowSymbols}]*$/; const slow = { ${late} };
const segmenter = { segment: text => simple.test(text) ? Array.from(text, (segment, index) => ({ segment, index })) : slow.segment(text) };`

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
    // Some sixty expressions put together from parts, some over all punctuation signs there are: a document needs a third of them.
    module: /node_modules\/marked\/lib\/marked\.esm\.js$/,
    changes: [
      {
        from: 'function g(l,e=""){let t=typeof l=="string"?l:l.source,n={replace:(r,s)=>{let o=typeof s=="string"?s:s.source;return o=o.replace(O.caret,"$1"),t=t.replace(r,o),n},getRegex:()=>new RegExp(t,e)};return n}',
        to: `
          const sourceOf = pattern => typeof pattern === "string" ? pattern : pattern.source;
          class LateExpression {
            #make; #made;
            constructor(make) { this.#make = make }
            get #expression() { return this.#made ??= this.#make() }
            get source() { return this.#expression.source }
            get lastIndex() { return this.#expression.lastIndex }
            set lastIndex(at) { this.#expression.lastIndex = at }
            exec(text) { return this.#expression.exec(text) }
            test(text) { return this.#expression.test(text) }
            [Symbol.replace](text, by) { return text.replace(this.#expression, by) }
          }
          function g(start, flags = "") {
            const parts = [];
            const builder = {
              replace: (name, part) => (parts.push([name, part]), builder),
              getRegex: () => new LateExpression(() => {
                const put = (text, [name, part]) => text.replace(name, sourceOf(part).replace(O.caret, "$1"));
                return new RegExp(parts.reduce(put, sourceOf(start)), flags);
              }),
            };
            return builder;
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
      { from: 'const segmenter = new Intl.Segmenter();', to: lateSegmenter('segmenter') },
    ],
  },
  {
    // Goes over each row of each frame.
    module: /node_modules\/@alcalzone\/ansi-tokenize\/build\/tokenize\.js$/,
    changes: [
      {
        from: 'const segmenter = new Intl.Segmenter(undefined, { granularity: "grapheme" });',
        to: quickSegmenter,
      },
    ],
  },
  {
    module: /node_modules\/ink\/build\/line-update\.js$/,
    changes: [
      {
        from: "const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });",
        to: quickSegmenter,
      },
      {
        from: 'const printableAscii = /^[ -~]*$/u;',
        to: `const printableAscii = /^[ -~${narrowSymbols}]*$/;`,
      },
    ],
  },
  {
    // Cells of one style hold one list of it, so that they are told to be of one style without a look into the lists.
    module: /node_modules\/@alcalzone\/ansi-tokenize\/build\/styledChars\.js$/,
    changes: [{ from: 'styles: [...codes],', to: 'styles: codes,' }],
  },
  {
    // From no style all of the other's codes are wanted, and to none all of the first are undone: no sets are needed to tell.
    module: /node_modules\/@alcalzone\/ansi-tokenize\/build\/diff\.js$/,
    changes: [
      {
        from: 'export function diffAnsiCodes(from, to) {',
        to: `export function diffAnsiCodes(from, to) {
          if (from.length === 0) return to;
          if (to.length === 0) return undoAnsiCodes(from);`,
      },
    ],
  },
  {
    // Each frame has an output of its own, which begins with a grid of empty cells. No cell is ever changed, only put elsewhere, so
    // that one empty cell does for all, a row that stood in the frame before need not be taken apart again, and the cells of a row
    // of symbols that join with nothing are taken as they are.
    module: /node_modules\/ink\/build\/output\.js$/,
    changes: [
      {
        from: 'class OutputCaches {',
        to: `
          const emptyCell = Object.freeze({ type: 'char', value: ' ', fullWidth: false, styles: Object.freeze([]) });
          const simpleRow = /^(?:[\\n\\u0020-\\u007E${narrowSymbols}]|\\u001B\\[[\\d;]*m)*$/;
          let rowsBefore = new Map();
          class OutputCaches {`,
      },
      {
        from: 'cached = styledCharsFromTokens(tokenize(line)).filter(character => !/^\\p{Default_Ignorable_Code_Point}+$/u.test(character.value));',
        to: `cached = rowsBefore.get(line)
          ?? styledCharsFromTokens(tokenize(line)).filter(({ value }) => value < '\\u00AD' || !/^\\p{Default_Ignorable_Code_Point}+$/u.test(value));`,
      },
      {
        from: `row.push({
                    type: 'char',
                    value: ' ',
                    fullWidth: false,
                    styles: [],
                });`,
        to: 'row.push(emptyCell);',
      },
      {
        from: 'let lines = characterLines.map(line => styledCharsToString(line));',
        to: `const isTaken = clip === undefined && transformers.length === 0 && simpleRow.test(text);
          let lines = isTaken ? characterLines : characterLines.map(line => styledCharsToString(line));`,
      },
      {
        from: 'const characters = this.caches.getStyledChars(line);',
        to: 'const characters = isTaken ? line : this.caches.getStyledChars(line);',
      },
      {
        from: 'const generatedOutput = output',
        to: 'rowsBefore = this.caches.styledChars; const generatedOutput = output',
      },
    ],
  },
  {
    module: /node_modules\/wrap-ansi\/index\.js$/,
    changes: [{ from: 'const segmenter = new Intl.Segmenter();', to: lateSegmenter('segmenter') }],
  },
  {
    module: /node_modules\/slice-ansi\/tokenize-ansi\.js$/,
    changes: [
      {
        from: "const GRAPHEME_SEGMENTER = new Intl.Segmenter(undefined, {granularity: 'grapheme'});",
        to: lateSegmenter('GRAPHEME_SEGMENTER'),
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
