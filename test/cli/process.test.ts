import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { root } from '../support/repository.js'
import { irFormat } from '../../src/ir/model/ir.js'

/** The compiled command line in a process of its own, as a user's shell starts it. */
const main = join(root, 'dist/src/cli/main.js')

function nasc(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  return spawnSync(process.execPath, [main, ...args], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

describe('the compiled command line', () => {
  beforeAll(() => {
    expect(existsSync(main), 'npm run build comes first').toBe(true)
  })

  it('answers with its exit code', () => {
    expect(nasc(['--help']).status).toBe(0)
    expect(nasc(['check', 'spaces/darts.nas']).status).toBe(0)
    expect(nasc(['check', 'spaces/no-such.nas']).status).toBe(1)
    expect(nasc(['chek']).status).toBe(2)
  })

  it('prints long output to its end', () => {
    const { status, stdout, stderr } = nasc(['compile', 'spaces/darts.nas', '--out', '-'])
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expect(JSON.parse(stdout)).toMatchObject({ format: irFormat })
  })

  it('puts no colour into a pipe', () => {
    const escape = String.fromCharCode(27)
    const { stdout, stderr } = nasc(['check', 'spaces/no-such.nas'], { FORCE_COLOR: '' })
    expect(stdout + stderr).not.toContain(escape)
  })

  it('takes no harm when its reader goes away', () => {
    const command = `"${process.execPath}" "${main}" compile spaces/darts.nas --out - | head -c 10`
    const { stdout, stderr } = spawnSync('bash', ['-c', command], { cwd: root, encoding: 'utf8' })
    expect(stdout).toHaveLength(10)
    expect(stderr).toBe('')
  })
})
