import { parseArgs } from 'node:util'
import { nearNames } from '../compiler/diagnostics/suggest.js'
import { everywhere } from './common-options.js'
import type { LoadedCommand } from './command.js'
import type { Option, Options } from './option.js'
import { wrongUse } from './wrong-use.js'

/** An option as it is written on the command line. */
interface OptionToken {
  readonly name: string
  readonly value?: string | undefined
  readonly inlineValue?: boolean | undefined
}

export interface ParsedArguments {
  readonly help: boolean
  readonly operands: readonly string[]
  /** By option name; see `ValueOf`. */
  readonly values: Readonly<Record<string, unknown>>
}

/** Reads what follows the name of a command. Throws a Failure NAS80xx where it does not fit. */
export function parseArguments(name: string, command: LoadedCommand, args: readonly string[]): ParsedArguments {
  const options: Options = { ...command.options, ...everywhere }
  const { tokens, positionals: operands } = parseArgs({
    args: [...args],
    options: Object.fromEntries(Object.entries(options).map(([key, { kind }]) => [key, { type: typeOf(kind) }])),
    allowPositionals: true,
    // What does not fit is said in our own words.
    strict: false,
    tokens: true,
  })
  const given = new Map<string, string[]>()
  for (const token of tokens) {
    if (token.kind !== 'option') continue
    const option = Object.hasOwn(options, token.name) ? options[token.name] : undefined
    if (option === undefined) {
      const [near] = nearNames(token.name, Object.keys(options))
      throw wrongUse.unknownOption(token.rawName, name, near === undefined ? undefined : `--${near}`)
    }
    given.set(token.name, [...(given.get(token.name) ?? []), textOf(option, token)])
  }
  const values: Record<string, unknown> = {}
  for (const [key, option] of Object.entries(options)) values[key] = readValue(key, option, given.get(key) ?? [])
  const help = values['help'] === true
  const { least, most, text } = command.operands
  if (!help && (operands.length < least || operands.length > most)) {
    throw wrongUse.operands(name, text, operands.length)
  }
  return { help, operands, values }
}

function typeOf(kind: Option['kind']): 'boolean' | 'string' {
  return kind === 'flag' ? 'boolean' : 'string'
}

/** What stands behind an option; `true` behind a flag that stands alone. */
function textOf(option: Option, token: OptionToken): string {
  const { name, value = '', inlineValue = false } = token
  if (option.kind === 'flag') return inlineValue ? value : 'true'
  const isOption = !inlineValue && /^-\D/.test(value)
  if (value === '' || isOption) throw wrongUse.noValue(name, hint(option))
  return value
}

function readValue(name: string, option: Option, given: readonly string[]): unknown {
  if (option.kind === 'list') return given
  const value = given.at(-1)
  if (option.kind === 'flag') {
    if (value === undefined || value === 'true' || value === 'false') return value === 'true'
    throw wrongUse.value(name, value, 'true or false')
  }
  if (given.length > 1) throw wrongUse.twice(name)
  if (value === undefined) return undefined
  switch (option.kind) {
    case 'text':
      return value
    case 'integer': {
      const number = Number(value)
      if (!/^[0-9]+$/.test(value) || !Number.isSafeInteger(number) || number < option.least) {
        throw wrongUse.value(name, value, `a whole number of at least ${option.least}`)
      }
      return number
    }
    case 'choice':
      if (!option.options.includes(value)) throw wrongUse.value(name, value, `one of ${option.options.join(', ')}`)
      return value
  }
}

/** What stands for the value in a help text: `NAME`, `quick|paper`. */
export function hint(option: Exclude<Option, { kind: 'flag' }>): string {
  return option.kind === 'choice' ? option.options.join('|') : option.value
}
