import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach } from 'vitest'
import { Failure } from '../../src/ir/failure.js'

const made: string[] = []
afterEach(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true })
})

/** A new empty folder that goes away after the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'nasc-runs-'))
  made.push(folder)
  return folder
}

/** The failure that `action` ends with; anything else is an error. */
export async function failureOf(action: () => unknown): Promise<{ code: string; message: string; help: string }> {
  try {
    await action()
  } catch (error) {
    if (error instanceof Failure) return { code: error.code, message: error.message, help: error.help }
    throw error
  }
  throw new Error('It did not fail')
}
