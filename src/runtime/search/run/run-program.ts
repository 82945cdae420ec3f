import type { Ir } from '../../../ir/model/ir.js'
import { openIr } from '../../../ir/seal/index.js'
import type { ParamOverrides } from '../../../space/evaluation/param-overrides.js'
import type { DataImages } from '../../../space/network/build-network.js'
import { largestImages } from '../../../space/network/largest-images.js'
import type { Network } from '../../../space/network/network.js'
import { resolveParams } from '../../../space/evaluation/params.js'
import { readRun, type RunReader } from '../../run/run-directory.js'
import { optional } from '../settings/optional.js'
import { requestFromJson } from '../settings/request.js'
import { resolveSettings } from '../settings/settings.js'
import type { SearchPlan } from '../settings/plan.js'
import { resolvePlan } from '../step/resolved-search.js'
import { dataShape, type FedImages } from '../step/session.js'
import { buildSupernet } from '../step/supernet.js'
import { derivedOfRun, type DerivedOfRun } from './derived-of-run.js'

/** What a run builds networks under. */
export interface RunSetting {
  /** Of the search with its scale and `--set`; of a network that is retrained, with those of `retrain` as well. */
  readonly params: ParamOverrides
  /** What its data put in place of the `input` and `classes` of the space. */
  readonly images: Required<DataImages>
}

/** What a run was made from, and what came of it: all that can be said of its networks without data and weights. */
export interface RunProgram {
  /** Name of the run. */
  readonly name: string
  /** Path of its directory. */
  readonly path: string
  readonly ir: Ir
  /** Id of the space. */
  readonly space: string
  readonly search: string
  readonly scale?: string
  readonly data: string
  /** Of the supernet, and of every architecture with its weights. */
  readonly searched: RunSetting
  /** Of a network that is trained from scratch; absent: the search trains none. */
  readonly retrained?: RunSetting
  /** Whether its data have another shape or other classes than the space says: its constraints speak of what it says. */
  readonly replacesImages: boolean
  readonly derived: readonly DerivedOfRun[]
  /** @param set params in place of those of the run */
  supernet(set: ParamOverrides): Network
}

/**
 * Reads the program of a run as the run reads it: with its settings, and the shape of its data. Changes nothing.
 *
 * @throws Failure as `readRun`; as `resolveSettings` where this version reads the search in another way
 */
export function readRunProgram(folder: string): RunProgram {
  const run = readRun(folder)
  const { record, irText, irPath } = run
  const ir = openIr(irText, irPath)
  const plan = resolveSettings(ir, requestFromJson(record.options))
  const searched = settingOf(run, plan)
  return {
    ...{ name: record.name, path: folder, ir, space: plan.space, search: plan.search, data: record.data.name },
    ...optional('scale', plan.scale),
    searched,
    ...(plan.retrain !== undefined && { retrained: settingOf(run, plan.retrain) }),
    replacesImages: replacesImages(ir, plan, searched),
    derived: derivedOfRun(run, plan),
    supernet: (set) =>
      buildSupernet(resolvePlan(ir, { ...plan, params: { ...plan.params, ...set } }), fedTo(run, plan)),
  }
}

type OfImages = Pick<SearchPlan, 'params'> & { readonly settings: { readonly image_side?: number } }

function settingOf(run: RunReader, part: OfImages): RunSetting {
  return { params: part.params, images: dataShape(fedTo(run, part)) }
}

function fedTo({ record }: RunReader, { settings }: OfImages): FedImages {
  return { dataset: record.data, ...optional('side', settings.image_side) }
}

function replacesImages(ir: Ir, { space, params }: SearchPlan, { images }: RunSetting): boolean {
  const { input, classes, choosesResolution } = largestImages(ir, space, resolveParams(ir, params))
  const isOfSize = input.height === images.input.height && input.width === images.input.width
  return input.channels !== images.input.channels || classes !== images.classes || (!choosesResolution && !isOfSize)
}
