import { describe, expect, it } from 'vitest'
import { read } from '../support/repository.js'

interface Described {
  readonly scripts: Readonly<Record<string, string>>
  readonly dependencies: Readonly<Record<string, string>>
  readonly devDependencies: Readonly<Record<string, string>>
  readonly bin: Readonly<Record<string, string>>
}

const described: Described = JSON.parse(read('package.json'))

describe('packages', () => {
  it('have exact versions', () => {
    for (const [name, version] of Object.entries({ ...described.dependencies, ...described.devDependencies })) {
      expect(version, name).toMatch(/^\d+\.\d+\.\d+(-[\w.]+)?$/)
    }
  })

  it('are locked without the address of a registry', () => {
    const lock: {
      readonly packages: Readonly<Record<string, { readonly resolved?: string; readonly version?: string }>>
    } = JSON.parse(read('package-lock.json'))
    const resolved = Object.values(lock.packages).flatMap((entry) => entry.resolved ?? [])
    expect(resolved).toEqual([])
    for (const [name, version] of Object.entries({ ...described.dependencies, ...described.devDependencies })) {
      expect(lock.packages[`node_modules/${name}`]?.version, name).toBe(version)
    }
  })

  it('build on installation, so that `npm ci && npx nasc` works on a clean clone', () => {
    expect(described.scripts['prepare']).toBe(described.scripts['build'])
    expect(described.bin).toEqual({ nasc: 'dist/src/cli/main.js' })
  })

  it('CI runs the test command of the README', () => {
    const command = 'npm ci && npm test'
    expect(read('README.md')).toContain(command)
    expect(read('.ci/run')).toContain(`\n${command}\n`)
  })
})
