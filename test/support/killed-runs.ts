import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

/** Starts a program of this folder and kills it without warning as soon as it is `ready`; gives how its process ended. */
export async function killWhen(
  ready: () => boolean,
  program: string,
  given: readonly string[],
): Promise<NodeJS.Signals | number | null> {
  const viteNode = join(dirname(createRequire(import.meta.url).resolve('vite-node/package.json')), 'vite-node.mjs')
  const child = fileURLToPath(new URL(program, import.meta.url))
  const running = spawn(process.execPath, [viteNode, child, ...given], { stdio: 'ignore' })
  const gone = once(running, 'exit')
  while (running.exitCode === null && !ready()) await setTimeout(2)
  running.kill('SIGKILL')
  await gone
  return running.signalCode ?? running.exitCode
}

/** Types of the events in the journal; the kill may have cut the last line. */
export function eventsOf(run: string): readonly string[] {
  const journal = join(run, 'journal.jsonl')
  if (!existsSync(journal)) return []
  return [...readFileSync(journal, 'utf8').matchAll(/"type":"([^"]+)"/g)].map(([, type = '']) => type)
}
