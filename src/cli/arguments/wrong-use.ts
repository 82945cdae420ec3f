import { Failure } from '../../ir/failure.js'

/** Failures of how the command line is used; exit code 2. */
export const wrongUse = {
  unknownCommand: (name: string, near: string | undefined) =>
    new Failure('NAS8001', `There is no command '${name}'.`, `${didYouMean(near)}\`nasc --help\` lists the commands.`),
  unknownOption: (name: string, command: string, near: string | undefined) =>
    new Failure(
      'NAS8002',
      `'nasc ${command}' has no option '${name}'.`,
      `${didYouMean(near)}\`nasc ${command} --help\` lists the options.`,
    ),
  operands: (command: string, expected: string, found: number) =>
    new Failure(
      'NAS8003',
      `'nasc ${command}' takes ${expected === '' ? 'no file' : expected}, and was given ${found === 0 ? 'none' : found}.`,
      `\`nasc ${command} --help\` shows how it is used.`,
    ),
  value: (option: string, found: string, expected: string) =>
    new Failure('NAS8004', `--${option} is '${found}', which is not ${expected}.`, `Give ${expected}.`),
  noValue: (option: string, expected: string) =>
    new Failure('NAS8005', `--${option} needs a value.`, `Write --${option} ${expected}.`),
  twice: (option: string) =>
    new Failure('NAS8006', `--${option} is given twice.`, 'Give it once; only --set may be repeated.'),
  together: (first: string, second: string) =>
    new Failure('NAS8007', `${first} and ${second} exclude each other.`, 'Give one of them.'),
  choose: (what: string, option: string, names: readonly string[], file: string) =>
    new Failure(
      'NAS8008',
      `${file} has ${names.length} ${what}: ${names.join(', ')}.`,
      `Choose one with --${option} NAME.`,
    ),
  unknownName: (what: string, name: string, names: readonly string[], near: string | undefined, file: string) =>
    new Failure(
      'NAS8009',
      `${file} has no ${what} '${name}'.`,
      names.length === 0 ? `It has none at all.` : `${didYouMean(near)}It has: ${names.join(', ')}.`,
    ),
  unknownCode: (code: string, near: string | undefined) =>
    new Failure(
      'NAS8014',
      `There is no page about ${code}.`,
      `${didYouMean(near)}\`nasc check\` prints the codes of what it finds.`,
    ),
  none: (what: string, file: string) =>
    new Failure('NAS8010', `${file} has no ${what}.`, `This command needs a file that declares one.`),
  notOneArchitecture: (file: string, count: number) =>
    new Failure('NAS8012', `${file} declares ${String(count)} architectures.`, 'A file for --arch declares one.'),
  missing: (what: string, options: string) => new Failure('NAS8011', what, options),
} as const

function didYouMean(near: string | undefined): string {
  return near === undefined ? '' : `Did you mean '${near}'? `
}

/** Names on the command line that only the runtime can look up: a search, a scale. */
const lookedUpLater = new Set(['NAS7513', 'NAS7514'])

/** Whether a failure says that the command was called wrongly (exit code 2), not that a file is at fault (1). */
export function isWrongUse(failure: Failure): boolean {
  return failure.code.startsWith('NAS8') || lookedUpLater.has(failure.code)
}
