import { holdsCommandText } from '../holds-command-text.ts'
import { change, changes, destructive, doubts, read, type Tools, unknown } from '../tool.ts'
import { judgeAwk } from './judge-awk.ts'
import { judgeSed } from './judge-sed.ts'

const writesOutput = changes('writes its output to a file')
const follows = { follow: true } as const

/** Programs that print, cut and compare text. */
export const text: Tools = {
  'cat tac nl head rev cut tr wc paste join comm fold fmt expand unexpand column pr': read('prints text'),
  'grep egrep fgrep zgrep zegrep zfgrep': read('searches text'),
  'zcat bzcat xzcat lz4cat zstdcat': read('prints compressed text'),
  'diff cmp diff3 sdiff': read('compares files', {
    valued: '-o',
    options: { '-o --output': writesOutput, '--diff-program': doubts('starts another program') },
  }),
  'md5sum sha1sum sha224sum sha256sum sha384sum sha512sum b2sum cksum sum': read('computes checksums'),
  'base64 base32 od hexdump hd strings': read('prints a file in another form'),
  xxd: read('prints a file in another form', {
    wordOptions: true,
    valued: '-c -cols -g -groupsize -l -len -n -name -o -s -seek -R',
    judge: ({ operands }) => (operands.length > 1 ? writesOutput : undefined),
  }),
  echo: read('prints words'),
  printf: read('prints words', {
    plainOperands: true,
    judge: ({ words }) =>
      words[0]?.prefix.startsWith('-v') === true && words.some(word => holdsCommandText(word.text))
        ? doubts('an index may run a command')
        : undefined,
  }),
  tail: read('prints the end of a file', {
    valued: '-n --lines -c --bytes -s --sleep-interval --pid --max-unchanged-stats',
    options: { '-f -F --follow --retry': follows },
  }),
  sort: read('sorts text', {
    valued:
      '-k --key -t --field-separator -S --buffer-size -T --temporary-directory -o --output --parallel --batch-size --compress-program --files0-from --random-source --sort',
    options: {
      '-o --output': writesOutput,
      '--compress-program': doubts('starts another program'),
    },
  }),
  uniq: read('drops repeated lines', {
    valued: '-f --skip-fields -s --skip-chars -w --check-chars',
    judge: ({ operands }) => (operands.length > 1 ? writesOutput : undefined),
  }),
  jq: read('reads JSON', { plainOperands: true }),
  yq: read('reads YAML', {
    valued: '-o --output-format -p --input-format -I --indent -w',
    options: {
      '-i --inplace --in-place': changes('edits the file in place'),
      '-s --split-exp': changes('writes files'),
    },
  }),
  xmllint: read('reads XML', {
    options: { '--output -o --shell': doubts('writes or asks') },
  }),
  'awk gawk mawk nawk original-awk': read('computes over lines', {
    valued: '-F --field-separator -v --assign',
    options: {
      '-W -f --file -e --source -E --exec -i --include -l --load -o --pretty-print -p --profile -d --dump-variables -D --debug -b':
        doubts('loads a program or writes files'),
    },
    optionsFirst: true,
    judge: judgeAwk,
  }),
  sed: read('edits text as it passes', {
    valued: '-e --expression -f --file -l --line-length',
    options: {
      '-i --in-place': changes('edits the file in place'),
      '-f --file': doubts('the script stands in a file'),
    },
    judge: judgeSed,
  }),
  tee: change('writes its input to files', {
    judge: ({ operands }) =>
      operands.every(operand => operand.text === '/dev/null' || operand.text === '/dev/stderr')
        ? { effect: 'read', because: 'passes its input on' }
        : undefined,
  }),
  'split csplit': change('writes files'),
  shred: destructive('overwrites files'),
  iconv: read('changes the encoding', {
    valued: '-f -t -o --output',
    options: { '-o --output': writesOutput },
  }),
  'vi vim nvim view nano emacs ed ex pico joe mcedit': unknown('an editor', { interactive: true }),
  'less more pg most zless zmore': read('shows text in a pager', {
    interactive: true,
    plainOperands: true,
    judge: ({ operands }) =>
      operands.some(operand => operand.prefix.startsWith('+'))
        ? doubts('gives the pager a command')
        : undefined,
    options: { '-o -O --log-file --LOG-FILE': writesOutput },
    valued: '-p --pattern -P -t -T -x -y -z -b -h -j -k -D',
  }),
  'man info whatis apropos help': read('shows a manual', {
    interactive: true,
    options: {
      '-C --config-file -P --pager -H --html': doubts('starts another program'),
      '-o --output': writesOutput,
    },
    valued: '-P --pager -C --config-file',
  }),
  'tput clear reset': read('sets up the terminal'),
  stty: read('shows the terminal', {
    judge: ({ operands, options }) =>
      operands.length + options.filter(({ name }) => name !== '-a').length > 0
        ? changes('sets up a terminal')
        : undefined,
  }),
  'seq factor expr bc': read('computes'),
  yes: read('prints for ever', { follow: true }),
  rg: read('searches text', { options: { '--pre --hostname-bin': doubts('starts another program') } }),
}
