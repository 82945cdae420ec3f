import { describe, expect, it, vi } from 'vitest'
import { openVariableTable } from '../../../../src/runtime/backend/engine/variable-table.js'

describe('a table of variables', () => {
  it('knows names, shapes and bytes, and gives what it held when a variable goes', () => {
    const table = openVariableTable<string>()
    table.create('w', [2, 3], new Float32Array(6), () => 'first')
    table.create('scalar', [], new Float32Array(1), () => 'second')
    expect([table.names(), table.shape('w'), table.shape('scalar'), table.bytes()]).toEqual([
      ['w', 'scalar'],
      [2, 3],
      [],
      28,
    ])
    expect([table.get('w'), table.replace('w', 'third'), table.get('w')]).toEqual(['first', 'first', 'third'])
    expect([table.delete('w'), table.has('w'), table.bytes()]).toEqual(['third', false, 4])
    expect([table.clear(), table.names(), table.bytes()]).toEqual([['second'], [], 0])
  })

  it('refuses a name twice and data of another size before anything is held', () => {
    const table = openVariableTable<number>()
    table.create('w', [2], new Float32Array(2), () => 1)
    const hold = vi.fn(() => 2)
    expect(() => {
      table.create('w', [2], new Float32Array(2), hold)
    }).toThrow("variable 'w' exists")
    expect(() => {
      table.create('v', [2, 2], new Float32Array(2), hold)
    }).toThrow("variable 'v' has 4 elements, not 2")
    expect(hold).not.toHaveBeenCalled()
    expect([table.names(), table.get('w')]).toEqual([['w'], 1])
    expect(() => {
      table.demandLength('w', [1])
    }).toThrow("variable 'w' has 2 elements, not 1")
  })

  it('refuses every name that it does not have', () => {
    const table = openVariableTable<number>()
    const uses = [
      () => table.shape('w'),
      () => table.get('w'),
      () => table.replace('w', 1),
      () => table.delete('w'),
      () => {
        table.demandLength('w', [])
      },
    ]
    for (const use of uses) expect(use).toThrow("there is no variable 'w'")
  })
})
