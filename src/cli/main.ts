#!/usr/bin/env node
import process from 'node:process'
import { setFlagsFromString } from 'node:v8'
import { v8Flags } from '../support/node/v8-flags.js'
import { commandLine } from './command-line.js'
import { exitCode } from './exit-code.js'
import { processTerminal } from './terminal.js'

const args = process.argv.slice(2)
v8Flags.forEach(setFlagsFromString)

// A reader that goes away (`nasc cost x.nas | head`) is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(exitCode.fine)
  throw error
})

const terminal = processTerminal(args.includes('--no-color'))
const code = await commandLine(args, terminal)
terminal.doing(undefined)
// Written output is flushed before the process ends; a backend may keep worker threads alive.
process.exitCode = code
process.stdout.write('', () => process.stderr.write('', () => process.exit(code)))
