import { beforeAll, expect, it } from 'vitest'
import type { Engine } from '../../../src/runtime/backend/engine/engine.js'
import { fusedKernelTable } from '../../../src/runtime/backend/wasm/kernel-table.js'
import { fusedOperations } from '../../../src/runtime/operations/fused.js'
import { testFusedOperations } from '../../support/fused-operations.js'
import { openBothWasm } from '../../support/compare-operation.js'

let engines: readonly Engine[]
beforeAll(async () => {
  engines = await openBothWasm()
})

it('there is a kernel for every fused operation', () => {
  expect(Object.keys(fusedKernelTable).sort()).toEqual(Object.keys(fusedOperations).sort())
})

testFusedOperations(() => engines)
