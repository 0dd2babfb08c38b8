import { expect, test } from 'vitest'
import { builtinsBanner, takeBuiltins } from '../../scripts/quick-builtins.ts'

const file = (body: string): string => `#!/usr/bin/env node\n${builtinsBanner}\n${body}`

test('imports of Node become constants behind the banner, whatever their form', () => {
  const { text, count } = takeBuiltins(
    file(
      'import{join,resolve as resolve2}from"node:path";var a=1;import os from"os";import*as fs from"node:fs";import tty,{isatty}from"node:tty";use(a)',
    ),
  )
  expect(count).toBe(4)
  expect(text).toBe(
    `#!/usr/bin/env node\n${builtinsBanner}const {join,resolve:resolve2}=__builtin("node:path"),os=__builtin("os"),fs=__builtin("node:fs"),tty=__builtin("node:tty"),{isatty}=__builtin("node:tty");\nvar a=1;use(a)`,
  )
})

test('other imports, and texts that only look like imports, stay', () => {
  const body =
    'import{a}from"./chunk-A.js";import"./chunk-B.js";const said=\'see import{a}from"node:fs";\';use(a)'
  expect(takeBuiltins(file(body))).toEqual({ text: file(body), count: 0 })
})

test('a function of what is slow to load takes it with its first call, and what is no function at once', () => {
  const { text } = takeBuiltins(
    file(
      'import{createHash,randomUUID as name2}from"node:crypto";import{constants as c,gunzipSync}from"node:zlib";',
    ),
  )
  expect(text).toContain(
    'createHash=(...given)=>__builtin("node:crypto").createHash(...given),name2=(...given)=>__builtin("node:crypto").randomUUID(...given)',
  )
  expect(text).toContain('{constants:c}=__builtin("node:zlib"),gunzipSync=(...given)=>')
})
