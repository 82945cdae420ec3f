import { spawn } from 'node:child_process'
import { appendFileSync } from 'node:fs'

export interface CommandOutcome {
  /** Null if it could not be started. */
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface CommandOptions {
  readonly cwd?: string
  readonly env?: Readonly<Record<string, string>>
  readonly signal?: AbortSignal | undefined
  /** File that gets the command and all that it says. */
  readonly log?: string
}

/** Runs a program to its end. Throws the reason of `signal` if that ends it; any other end is an outcome. */
export async function runCommand(
  command: string,
  args: readonly string[],
  { cwd, env, signal, log }: CommandOptions = {},
): Promise<CommandOutcome> {
  signal?.throwIfAborted()
  const record = (text: string): void => {
    if (log !== undefined) appendFileSync(log, text)
  }
  record(`$ ${[command, ...args].join(' ')}\n`)
  const outcome = await new Promise<CommandOutcome>((resolve) => {
    const child = spawn(command, [...args], {
      ...(cwd === undefined ? {} : { cwd }),
      ...(env === undefined ? {} : { env: { ...process.env, ...env } }),
      ...(signal === undefined ? {} : { signal }),
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let [stdout, stderr] = ['', '']
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text
      record(text)
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text
      record(text)
    })
    child.once('error', (error) => {
      resolve({ code: null, stdout, stderr: stderr + error.message })
    })
    child.once('close', (code, name) => {
      resolve({ code: code ?? 1, stdout, stderr: name === null ? stderr : `${stderr}\nended by ${name}` })
    })
  })
  signal?.throwIfAborted()
  return outcome
}

/** The line of an outcome that says most: the last that speaks of an error, or the last of all. */
export function reasonOf({ stdout, stderr }: CommandOutcome): string {
  const lines = `${stdout}\n${stderr}`
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
  return (
    lines.findLast((line) => /error/i.test(line) && !/^gyp ERR! (not ok|cwd|node|stack)/.test(line)) ??
    lines.at(-1) ??
    'it said nothing'
  )
}
