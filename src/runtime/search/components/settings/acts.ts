import type { OperationValue } from '../../../../space/evaluation/value.js'
import type { BuildOptions } from '../../../../space/network/build-network.js'
import type { Network } from '../../../../space/network/network.js'
import type { TrainingBatchOptions } from '../../../data/batches.js'
import type { StepSpec } from '../../../plan/step.js'
import type { Random } from '../../../random/random.js'
import type { FeedSource } from '../../../training/feeds/feed.js'
import type { TrainingPosition } from '../../../training/training-position.js'
import type { ComponentUse } from '../component-use.js'
import { holding, type SettledSettings } from './rows.js'
import type { CheckedPlan, OpenedUpdate } from './setting.js'

/** @throws Failure where a setting does not go together with the rest of the search */
export function checkSettings(settings: SettledSettings, plan: CheckedPlan): void {
  for (const { setting, value } of holding(settings)) setting.check?.(value, plan)
}

/** The optimiser of a part of a plan, as its settings make it. */
export function optimiserUnder(settings: SettledSettings, by: ComponentUse): ComponentUse {
  return holding(settings).reduce((use, { setting, value }) => setting.optimiser?.(use, value) ?? use, by)
}

/** How the variables of a part of a plan are moved, as its settings make it. */
export function updateUnder(settings: SettledSettings, plain: OpenedUpdate): OpenedUpdate {
  return holding(settings).reduce((opened, { setting, value }) => setting.update?.(opened, value) ?? opened, plain)
}

/** Whether the variables are trained at a position. */
export function isDueUnder(settings: SettledSettings, at: TrainingPosition): boolean {
  return holding(settings).every(({ setting, value }) => setting.isDue?.(at, value) ?? true)
}

/**
 * What is done to the images of a training.
 *
 * @param before stands before the names of settings in failures, such as `retrain: `
 * @throws Failure where a component that a setting names is not there, or its arguments do not fit
 */
export function imagesUnder(settings: SettledSettings, before = ''): Partial<TrainingBatchOptions> {
  const found = holding(settings).map(({ name, setting, value }) => setting.images?.(value, `${before}${name}`))
  return together(found)
}

/**
 * How a network is built that trains from scratch.
 *
 * @param operation what an argument of a setting names
 */
export function buildUnder(
  settings: SettledSettings,
  operation: (setting: string, argument: string) => OperationValue | undefined,
): Partial<BuildOptions> {
  const found = holding(settings).map(({ name, setting, value }) =>
    setting.build?.(value, (argument) => operation(name, argument)),
  )
  return together(found)
}

/** A network that is to be trained. */
export function networkUnder(settings: SettledSettings, network: Network): Network {
  return holding(settings).reduce((made, { setting, value }) => setting.network?.(made, value) ?? made, network)
}

/**
 * What the steps of networks that train do.
 *
 * @returns that, by the name of a pass; without one the network is alone in its step
 * @throws Failure where a component that a setting names is not there, or its arguments do not fit
 */
export function stepUnder(settings: SettledSettings): (pass?: string) => Partial<StepSpec> {
  const opened = holding(settings).flatMap(({ setting, value }) => setting.step?.(value) ?? [])
  return (pass) => together(opened.map((each) => each(pass)))
}

/** @param random the root of all streams */
export function feedsUnder(settings: SettledSettings, random: Random): readonly FeedSource[] {
  return holding(settings).flatMap(({ setting, value }) => setting.feeds?.(value, random) ?? [])
}

/** The later one has the last word. */
function together<T extends object>(parts: readonly (T | undefined)[]): Partial<T> {
  return parts.reduce<Partial<T>>((all, each) => ({ ...all, ...each }), {})
}
