import { Failure } from '../../catalogue/failure.js'
import yargs, { type Argv } from 'yargs'
import { didYouMean, nearNames } from '../../support/near-names.js'
import { everywhere } from './common-options.js'
import type { LoadedCommand } from '../command.js'
import type { Option, Options } from './option.js'

export interface ParsedArguments {
  readonly help: boolean
  readonly operands: readonly string[]
  /** By option name; see `ValueOf`. */
  readonly values: Readonly<Record<string, unknown>>
}

/** yargs, told what the options of a command are and to leave everything else to us. */
function yargsFor(options: Options): Argv {
  const parser = yargs()
    .exitProcess(false)
    .help(false)
    .version(false)
    .fail((message: string, error: Error | undefined) => {
      throw noValueGiven(error?.message ?? message, options) ?? error ?? new Error(message)
    })
    .parserConfiguration({
      'boolean-negation': false,
      'camel-case-expansion': false,
      'dot-notation': false,
      'parse-numbers': false,
      'parse-positional-numbers': false,
      'duplicate-arguments-array': true,
    })
  for (const [name, option] of Object.entries(options)) {
    parser.option(name, {
      type: option.kind === 'flag' ? 'boolean' : 'string',
      describe: option.describe,
      ...(option.kind === 'flag' ? {} : { nargs: 1 }),
    })
  }
  return parser
}

/** yargs says this in words only: `Not enough arguments following: out`. */
function noValueGiven(message: string, options: Options): Error | undefined {
  const name = /^Not enough arguments following: (.+)$/.exec(message)?.[1]
  const option = name === undefined ? undefined : options[name]
  if (name === undefined || option === undefined || option.kind === 'flag') return undefined
  return new Failure('value-missing', { option: name, expected: hint(option) })
}

/** Reads what follows the name of a command. Throws a Failure NAS80xx where it does not fit. */
export function parseArguments(name: string, command: LoadedCommand, args: readonly string[]): ParsedArguments {
  const options: Options = { ...command.options, ...everywhere }
  const found = yargsFor(options).parseSync([...args])
  for (const key of Object.keys(found)) {
    if (key === '_' || key === '$0' || key in options) continue
    const written = key.length === 1 ? `-${key}` : `--${key}`
    const [near] = nearNames(key, Object.keys(options))
    throw new Failure('unknown-option', {
      command: name,
      option: written,
      near: didYouMean(near === undefined ? undefined : `--${near}`),
    })
  }
  const values: Record<string, unknown> = {}
  for (const [key, option] of Object.entries(options)) values[key] = readValue(key, option, found[key])
  const operands = found._.map(String)
  const help = values['help'] === true
  const { least, most, text } = command.operands
  if (!help && (operands.length < least || operands.length > most)) {
    const [expected, given] = [text === '' ? 'no file' : text, operands.length === 0 ? 'none' : operands.length]
    throw new Failure('wrong-operand-count', { command: name, expected, found: given })
  }
  return { help, operands, values }
}

function readValue(name: string, option: Option, found: unknown): unknown {
  if (option.kind === 'flag') return Array.isArray(found) ? found.at(-1) === true : found === true
  const supplied = found === undefined ? [] : (Array.isArray(found) ? found : [found]).map(String)
  if (supplied.some((value) => value === '')) {
    throw new Failure('value-missing', { option: name, expected: hint(option) })
  }
  if (option.kind === 'list') return supplied
  if (supplied.length > 1) throw new Failure('option-twice', { option: name })
  const [value] = supplied
  if (value === undefined) return undefined
  switch (option.kind) {
    case 'text':
      return value
    case 'integer': {
      const number = Number(value)
      if (!/^[0-9]+$/.test(value) || !Number.isSafeInteger(number) || number < option.least) {
        const expected = `a whole number of at least ${option.least}`
        throw new Failure('wrong-value', { option: name, found: value, expected })
      }
      return number
    }
    case 'choice':
      if (option.options.includes(value)) return value
      throw new Failure('wrong-value', {
        option: name,
        found: value,
        expected: `one of ${option.options.join(', ')}`,
      })
  }
}

/** What stands for the value in a help text: `NAME`, `quick|paper`. */
export function hint(option: Exclude<Option, { kind: 'flag' }>): string {
  return option.kind === 'choice' ? option.options.join('|') : option.value
}
