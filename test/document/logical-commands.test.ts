import { describe, expect, it } from 'vitest'
import { codes, commandsIn, fencesOf, parse, runs } from './read.ts'

const lines = (...all: readonly string[]): string => all.join('\n')

describe('the logical commands of a fence', () => {
  it.each<readonly [what: string, content: string, expected: readonly string[]]>([
    ['one a line', 'df -h\nlsblk', ['df -h', 'lsblk']],
    ['a continued line', 'etcdctl \\\n  --a=b \\\n  endpoint health', ['etcdctl --a=b endpoint health']],
    ['a word that goes on', 'echo foo\\\nbar', ['echo foobar']],
    ['blanks behind the backslash', 'ls \\  \n  -l', ['ls -l']],
    ['a last line that would go on', 'ls \\', ['ls']],
    ['an operator at the end', 'true &&\n  ls |\n  head', ['true && ls | head']],
    [
      'an operator at the beginning',
      'crictl ps\n  || docker ps\n  | head',
      ['crictl ps || docker ps | head'],
    ],
    ['an operator and a comment', 'a && # first\n\n# then\nb', ['a && b']],
    ['a semicolon', 'a; b', ['a; b']],
    ['a background command', 'a &\nb', ['a &', 'b']],
    ['a hash inside a word', 'echo a#b c', ['echo a#b c']],
    ['a hash in quotes', "grep '# x' f # y", ["grep '# x' f"]],
    ['a hash in an expansion', `echo \${#x} $((16#ff)) # z`, [`echo \${#x} $((16#ff))`]],
    ['quotes over lines', 'echo "a\n  b" c\nls', ['echo "a\n  b" c', 'ls']],
    ['a backslash in quotes', 'echo "a \\\n  b"', ['echo "a \\\n  b"']],
    ['quotes in quotes', 'echo "$(echo "x y" \')\')"\nls', ['echo "$(echo "x y" \')\')"', 'ls']],
    ['ansi quotes', "echo $'it\\'s'\nls", ["echo $'it\\'s'", 'ls']],
    [
      'a substitution over lines',
      'rev=$(etcdctl \\\n  status | jq .x)\nls',
      ['rev=$(etcdctl status | jq .x)', 'ls'],
    ],
    ['backticks', 'kill `cat\npid`\nls', ['kill `cat\npid`', 'ls']],
    ['a loop', 'for c in *.crt; do\n    echo $c\ndone\nls', ['for c in *.crt; do\n    echo $c\ndone', 'ls']],
    [
      'a loop with do below',
      'while true\ndo\n  x # y\ndone | head',
      ['while true\ndo\n  x # y\ndone | head'],
    ],
    [
      'an arithmetic loop',
      'for ((i=0; i<3; i++)); do echo $i; done\nls',
      ['for ((i=0; i<3; i++)); do echo $i; done', 'ls'],
    ],
    ['an if', 'if [ -f x ]; then\n  y\nelse\n  z\nfi\nls', ['if [ -f x ]; then\n  y\nelse\n  z\nfi', 'ls']],
    [
      'a case',
      'case $x in\n  a|b) c ;;\n  *) d ;;\nesac\nls',
      ['case $x in\n  a|b) c ;;\n  *) d ;;\nesac', 'ls'],
    ],
    ['a function', 'f() {\n  ls\n}\nf', ['f() {\n  ls\n}', 'f']],
    ['a function with its brace below', 'function f\n{\n  ls\n}\nf', ['function f\n{\n  ls\n}', 'f']],
    ['a group', '{ a\n b; }\nc', ['{ a\n b; }', 'c']],
    ['a subshell', '(cd x\n ls)\nc', ['(cd x\n ls)', 'c']],
    ['a test', '[[ $a == b* && ( $c < d ) ]] && e\nf', ['[[ $a == b* && ( $c < d ) ]] && e', 'f']],
    ['reserved words as arguments', 'echo if for {\nls', ['echo if for {', 'ls']],
    ['a heredoc', "cat > f <<'EOF'\na 'b\n# c\nEOF\nls", ["cat > f <<'EOF'\na 'b\n# c\nEOF", 'ls']],
    ['an indented heredoc', 'cat <<-EOF\n\ta\n\tEOF\nls', ['cat <<-EOF\n\ta\nEOF', 'ls']],
    ['two heredocs', 'cat <<A <<B\n1\nA\n2\nB\nls', ['cat <<A <<B\n1\nA\n2\nB', 'ls']],
    ['a heredoc into a pipe', 'cat <<EOF |\na\nEOF\ngrep b\nls', ['cat <<EOF |\na\nEOF\ngrep b', 'ls']],
    ['a here-string', 'grep a <<< "b"\nls', ['grep a <<< "b"', 'ls']],
    ['a shift', 'echo $((1<<2))\nls', ['echo $((1<<2))', 'ls']],
    ['redirections', 'a 2>&1 >/dev/null &> f\nb < g', ['a 2>&1 >/dev/null &> f', 'b < g']],
    ['process substitutions', 'diff <(a) <(b)\nc', ['diff <(a) <(b)', 'c']],
    ['an array', 'a=(x y\n  z)\necho "$a"', ['a=(x y\n  z)', 'echo "$a"']],
    ['assignments', 'export A=3\nA=3 b', ['export A=3', 'A=3 b']],
    ['indented lines', ' top\n free -h', ['top', 'free -h']],
    ['CRLF', 'a \\\r\n  b\r\nc', ['a b', 'c']],
    ['truncating', '> /var/log/syslog', ['> /var/log/syslog']],
  ])('keeps %s whole', (_, content, expected) => {
    expect(runs(content)).toEqual(expected)
  })

  it.each<readonly [what: string, content: string]>([
    ['a folder listing', '/etc/kubernetes/\n├── admin.conf   # x\n└── pki/'],
    ['JSON', '{\n  "name": "x",\n  "plugins": [\n    {\n      "type": "y"\n    }\n  ]\n}'],
    ['a settings file', '[plugins."a.b"]\n  key = true'],
    ['rules', '-A PREROUTING -j KUBE-SERVICES'],
    ['pseudo-code', 'CRI.RunPodSandbox(config)\n  |\n  v\ncreate("x")\nrun()'],
    ['YAML', 'kind: Pod\nmetadata:\n  name: x'],
    ['an address', '10.0.0.1'],
    ['a remark', '<hangs>'],
    ['dots', '...'],
    ['a log line', 'May  8 21:37:37 node-1 kubelet[1]: failed'],
    ['a klog line', 'E0508 21:37:37.000000 1 main.go:1] failed'],
    ['a closing word alone', 'done\nfi\n}'],
    ['a bracket too many', 'echo a)'],
    ['comments', '# sudo iptables -F\n# a\n\n# b'],
  ])('does not run %s', (_, content) => {
    expect(runs(content)).toEqual([])
  })

  it('shows what is no command as text, with the comment above it', () => {
    const [fence] = fencesOf(parse('```bash\nls\n# rules:\n-A A\n-A B\n```'))
    expect(fence?.parts[1]).toMatchObject({
      kind: 'text',
      text: '# rules:\n-A A\n-A B',
      lines: { first: 3, last: 5 },
    })
  })

  it('takes only the line of a quote that is never closed, says so, and reads on', () => {
    const text = lines('```bash', "echo it's", 'ls', '```')
    expect(runs("echo it's\nls")).toEqual(['ls'])
    expect(codes(text)).toEqual(['2:1 E_FENCE_UNCLOSED_COMMAND'])
  })

  it('takes a table below a command for its output', () => {
    const content = lines('kubectl get nodes', 'NAME    STATUS', 'node-1  Ready', '', 'ls')
    expect(commandsIn(content).map(({ run, sample }) => ({ run, sample }))).toEqual([
      { run: 'kubectl get nodes', sample: 'NAME    STATUS\nnode-1  Ready' },
      { run: 'ls', sample: undefined },
    ])
  })

  it('does not take a table row for a pipe', () => {
    expect(runs('ls\n| a | b |')[0]).toBe('ls')
  })

  it('tells the place of a command from its first character to its end', () => {
    const [command] = commandsIn('  ls \\\n    -l # x')
    expect(command?.span).toEqual({ start: { line: 2, column: 3 }, end: { line: 3, column: 11 } })
  })

  it.each(['yaml', 'json', 'text', 'nginx', 'python', 'whatever'])('leaves a fence in %s alone', language => {
    expect(runs('$ ls\nls', language)).toEqual([])
  })

  it.each(['bash', 'sh', 'shell', 'zsh', 'ksh', 'console', 'Bash', 'bash copy'])(
    'reads a fence in %s',
    language => {
      expect(runs('ls', language)).toEqual(['ls'])
    },
  )

  it('leaves an untagged fence without prompts alone', () => {
    expect(runs('ls\nnode-1 etcd[142]: server is likely overloaded', '')).toEqual([])
  })
})

describe('captions', () => {
  const captions = (content: string) => commandsIn(content).map(command => command.caption)

  it.each<readonly [what: string, content: string, expected: readonly (string | undefined)[]]>([
    ['above', '# Disk\ndf -h', ['Disk']],
    ['behind', 'df -h  # Disk', ['Disk']],
    ['above and behind', '# Disk\ndf -h  # all', ['Disk — all']],
    ['several lines above', '# Error: x\n# Check y\ndf', ['Error: x — Check y']],
    ['only above the first', '# Disk\ndf -h\ndf -i', ['Disk', undefined]],
    ['between, for the one below', 'a\n# or\nb', [undefined, 'or']],
    ['directly below, before a gap', 'a\n# fix x\n\nb', ['fix x', undefined]],
    ['below the last', 'a\n# fill in', ['fill in']],
    ['a heading that stands apart', '# 1) OS\n\n# CPU\ntop', ['1) OS — CPU']],
    ['drawn lines', '# -----\n# Disk\n# -----\ndf', ['Disk']],
    ['behind a continued line', 'a && # one\nb # two', ['one — two']],
  ])('stand %s', (_, content, expected) => {
    expect(captions(content)).toEqual(expected)
  })

  it('are not made of several lines that stand apart: those stay text', () => {
    const [fence] = fencesOf(parse('```bash\nls\n\n# Look for:\n# - a\n# - b\n```'))
    expect(fence?.parts.map(part => part.kind)).toEqual(['command', 'text'])
    expect(fence?.parts[0]).toMatchObject({ caption: undefined })
  })
})
