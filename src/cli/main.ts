#!/usr/bin/env node
import process from 'node:process'
import { setFlagsFromString } from 'node:v8'
import { commandLine } from './command-line.js'
import { exitCode } from './exit-code.js'
import { processTerminal } from './terminal.js'

const args = process.argv.slice(2)
// Most commands are over, and most steps planned, before code that V8 optimises early has paid for it: that took a third of the
// processor time of checks and counts and nearly half of that of a cold plan, and makes no difference to what runs for long. The
// default is 132 KiB of bytecode executed; measured with the V8 of Node 20.
if (process.versions.v8.startsWith('11.')) setFlagsFromString('--interrupt-budget=600000')

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
