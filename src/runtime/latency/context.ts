import { decisionsWithGates } from '../../analysis/index.js'
import { Failure } from '../../catalogue/failure.js'
import type { Ir } from '../../ir/model/ir.js'
import { largestImages } from '../../space/network/largest-images.js'
import { resolveParams } from '../../space/evaluation/params.js'
import { openDataset, userImageCache } from '../data/dataset.js'
import { openPredictor } from '../search/components/predictors/index.js'
import {
  declaredImages,
  type Images,
  type MeasuredSpace,
  type SpaceOfNetworks,
} from '../search/measurements/measured-space.js'
import { resolveSearch } from '../search/run/resolve-search.js'
import type { PredictorPlan } from '../search/settings/plan.js'
import type { LatencyOptions } from './options.js'

/** What `sample`, `fit` and `show` are about. */
export interface LatencyContext {
  readonly measured: MeasuredSpace
  /** Absent: the program has no search, or one without. */
  readonly predictor?: PredictorPlan
  /** @throws Failure NAS7623 where neither a file is named nor a predictor that names one */
  readonly file: () => string
}

/** @throws Failure as `resolveSearch`, and NAS6106 where a program without searches has several spaces */
export async function openLatencyContext(ir: Ir, options: LatencyOptions): Promise<LatencyContext> {
  const { predictor, ...space } = ir.searches.length === 0 ? bareSpace(ir, options) : searchedSpace(ir, options)
  const measured = { ...space, ...(await imagesOf(space, options.data)) }
  return {
    measured,
    ...(predictor !== undefined && { predictor }),
    file() {
      if (options.measurements !== undefined) return options.measurements
      const { measurements } = openPredictor(needPredictor(predictor, ir).by, 'predictor')
      if (measurements === undefined) throw new Failure('no-predictor', { file: ir.source })
      return measurements.text
    },
  }
}

/** @throws Failure NAS7623 */
export function needPredictor(predictor: PredictorPlan | undefined, { source }: Ir): PredictorPlan {
  if (predictor?.predicts !== 'costs') throw new Failure('no-predictor', { file: source })
  return predictor
}

type Space = SpaceOfNetworks & { readonly predictor?: PredictorPlan }

function searchedSpace(ir: Ir, options: LatencyOptions): Space {
  const { plan, standaloneParams, choices } = resolveSearch(ir, options)
  return {
    ...{ ir, space: plan.space, params: standaloneParams, choices: choices() },
    ...(plan.predictor !== undefined && { predictor: plan.predictor }),
  }
}

/** Without a search nothing is excluded. */
function bareSpace(ir: Ir, options: LatencyOptions): Space {
  const params = resolveParams(ir, options.set ?? {})
  const space = options.space ?? ir.spaces[0]?.id ?? ''
  const explored = decisionsWithGates(ir, space, { params })
  return { ir, space, params, choices: { explored, excluded: () => false } }
}

async function imagesOf(space: SpaceOfNetworks, data: string | undefined): Promise<Images> {
  if (data === undefined) return declaredImages(space)
  const { height, width, channels, classes } = await openDataset(data, {
    size: largestImages(space.ir, space.space, space.params).input,
    cache: userImageCache(),
  })
  return { input: { height, width, channels }, classes }
}
