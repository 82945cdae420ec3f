import { Failure } from '../../../catalogue/failure.js'
import { probeOf } from '../settings/judging.js'
import { passNames } from '../components/samplers/pass-names.js'
import type { ResolvedSearch } from './resolved-search.js'

/**
 * What views, a teacher, and objectives that compare with its keys ask of each other and of the passes of a step.
 *
 * @throws Failure NAS7692, NAS7693, NAS7694
 */
export function checkContrast(search: ResolvedSearch): void {
  const { plan, sampler, minimised, teacher, views } = search
  const { contrasts } = minimised
  const drawn = passNames(sampler, plan.settings.epochs, search.decisions).map(({ length }) => length)
  if (teacher !== undefined && contrasts.length === 0) throw new Failure('idle-teacher', { search: plan.search })
  if (views !== undefined) {
    if (plan.settings.augment.length > 0)
      throw viewsFail(search, 'they take the place of `augment`', 'Leave out `augment`.')
    const each = teacher === undefined ? 1 : 2
    const wrong = drawn.find((passes) => passes * each !== views.count)
    if (wrong !== undefined)
      throw viewsFail(search, viewsAsked(views.count, wrong, each), `Say \`views ${String(wrong * each)}\`.`)
  }
  for (const { passes, queue } of contrasts) {
    const lacks = [teacher === undefined && 'a `teacher`', views === undefined && '`views`'].filter(
      (what) => what !== false,
    )
    const others = Math.min(...drawn)
    const wrong =
      (lacks.length > 0 && `it has no ${lacks.join(' and no ')}`) ||
      (contrasts.length > 1 && 'it stands there more than once') ||
      (minimised.teachers.length > 0 && 'another objective has a network of the step that teaches') ||
      (plan.choices !== undefined && 'it trains choices too, whose steps have no keys') ||
      (others < passes && `its step has ${String(others)} network, and its key is that of another one`) ||
      (minimised.smoothing === undefined &&
        probeOf(plan) === undefined &&
        'nothing trains the classifier that architectures are judged by: neither an objective of labels nor a score') ||
      (queue < plan.settings.batch &&
        `its queue holds ${String(queue)} keys, and a step has ${String(plan.settings.batch)}`)
    if (wrong !== false) throw new Failure('contrast-does-not-fit', { search: plan.search, reason: wrong })
  }
}

function viewsAsked(count: number, passes: number, each: number): string {
  const networks = `${String(passes)} ${passes === 1 ? 'network' : 'networks'}`
  const teacher = each === 2 ? ', and the teacher another one for each' : ''
  return `there are ${String(count)}, and a step has one for each of ${networks}${teacher}`
}

function viewsFail({ plan }: ResolvedSearch, reason: string, help: string): Failure {
  return new Failure('views-do-not-fit', { search: plan.search, reason }, { help })
}
