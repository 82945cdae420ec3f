import { dependenciesOf } from '../../src/runtime/backend/wasm/dependencies.js'
import type { MemoryPlan, MemorySlot } from '../../src/runtime/backend/engine/memory-plan.js'
import type { ThreadPlan, ThreadPlanOptions } from '../../src/runtime/backend/wasm/thread-plan.js'
import { at, sizeOf } from '../../src/runtime/operations/support/element.js'
import { ProgramBuilder } from '../../src/runtime/program/builder.js'
import type { Operation, Program, ValueId } from '../../src/runtime/program/program.js'
import { randomMaps, SHAPE } from './random-maps.js'

/** Divides every program, into many short waves of short tasks. */
export const divideAll: ThreadPlanOptions = { leastCost: 0, leastGain: 0, waveCost: 3000, taskCost: 900, lookAhead: 12 }

export const randomVariables: Readonly<Record<string, readonly number[]>> = {
  weights: [4],
  depthwise: [3, 3, 6],
  pointwise: [1, 1, 6, 6],
  map: SHAPE,
  velocity: SHAPE,
}

/** A random wide program over maps of one shape that also updates variables which it reads before and after. */
export function randomProgram(choices: readonly number[]): Program {
  const builder = new ProgramBuilder()
  const maps: ValueId[] = [builder.input('a', SHAPE), builder.input('b', SHAPE)]
  const rate = builder.input('rate', [])
  const variable = (name: string): ValueId => builder.variable(name, randomVariables[name] ?? [])
  const [weights, depthwise, pointwise] = [variable('weights'), variable('depthwise'), variable('pointwise')]
  const [map, velocity] = [variable('map'), variable('velocity')]
  const pick = (choice: number): ValueId => maps[maps.length - 1 - (choice % Math.min(7, maps.length))] ?? 0
  for (const choice of choices) {
    const [x, y] = [pick(choice >> 4), pick(choice >> 8)]
    const kind = choice % 11
    const made = randomMaps(builder, kind, { x, y, terms: [x, y, map], weights, depthwise, pointwise })
    if (made !== undefined) {
      maps.push(...made)
      continue
    }
    switch (kind) {
      case 8:
        builder.emit('moving_average', [weights, builder.one('softmax', [weights], { temperature: 1 })], {
          momentum: 0.3,
          factor: 1,
        })
        break
      case 9: {
        const settings = { momentum: 0.5, decay: 0.01, nesterov: false, clipped: false }
        builder.emit('sgd', [map, velocity, x, rate], settings)
        break
      }
      default:
        maps.push(builder.one('softmax', [builder.one('multiply', [x, x])], { temperature: 1 }))
    }
  }
  const outputs = Object.fromEntries(maps.slice(-3).map((id, i) => [`out${String(i)}`, id]))
  return builder.build({ ...outputs, first: maps[2] ?? 0 })
}

interface Touch {
  readonly task: number
  readonly operation: string
  readonly writes: boolean
  readonly area: string
  readonly from: number
  readonly to: number
}

function touchesOf(
  program: Program,
  places: readonly MemorySlot[],
  task: number,
  operation: Operation,
): readonly Touch[] {
  const touch = (writes: boolean) => (id: ValueId) => {
    const place = at(places, id)
    const from = place.area === 'variable' ? 0 : place.offset
    const to = from + 4 * sizeOf(at(program.values, id).shape)
    const area = place.area === 'variable' ? `variable ${place.name}` : place.area
    return { task, operation: operation.operation, writes, area, from, to }
  }
  const { inputs, outputs, updates } = operation
  return [...inputs.map(touch(false)), ...[...outputs, ...updates].map(touch(true))]
}

/** Pairs of operations that could run at once, one of which writes what the other reads or writes: there must be none. */
export function racesOf({ program, tasks, gates }: ThreadPlan, plan: MemoryPlan): readonly string[] {
  const races: string[] = []
  for (let first = 0; first < tasks.length;) {
    let end = first
    while (end < tasks.length && gates[end] === gates[first]) end++
    const wave = tasks.slice(first, end).flatMap((task, i) => {
      const running = task.filter((operation) => !plan.elided.has(operation))
      return running.flatMap((operation) => touchesOf(program, plan.slots, first + i, operation))
    })
    const written = wave.filter(({ writes }) => writes)
    for (const a of written) {
      for (const b of wave) {
        if (a.task !== b.task && a.area === b.area && a.from < b.to && b.from < a.to) {
          races.push(`${a.operation} and ${b.operation}`)
        }
      }
    }
    first = end
  }
  return races
}

/** Operations that run before one that they need: there must be none. */
export function tooEarly(original: Program, { tasks, gates }: ThreadPlan): readonly string[] {
  const index = new Map(original.operations.map((operation, i) => [operation, i]))
  const position = new Map<number, readonly [task: number, within: number]>()
  tasks.forEach((task, t) => {
    task.forEach((operation, i) => position.set(index.get(operation) ?? -1, [t, i]))
  })
  return dependenciesOf(original).flatMap((before, operation) =>
    before
      .filter((each) => {
        const [[task, within], [taskBefore, withinBefore]] = [
          position.get(operation) ?? [-1, 0],
          position.get(each) ?? [1e9, 0],
        ]
        return task === taskBefore ? withinBefore >= within : taskBefore >= (gates[task] ?? -1)
      })
      .map((each) => `${String(operation)} before ${String(each)}`),
  )
}
