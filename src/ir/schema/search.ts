import type * as model from '../model/search.js'
import { allBindingWords, componentKinds, componentNeedNames, settingPlaces } from '../model/search.js'
import { boolean, list, map, name, oneOf, record, ref, text, type Schema } from './build.js'

const expression = ref('expression')

/** Definitions for `model/search.ts`. */
export const searchDefinitions: Readonly<Record<string, Schema>> = {
  irComponent: record<model.IrComponent>(
    { id: name, name, kind: oneOf(componentKinds), parameters: list(ref('parameter')) },
    {
      binding: oneOf(allBindingWords),
      places: list(oneOf(settingPlaces)),
      planned: boolean,
      needs: list(ref('componentNeed')),
      doc: text,
    },
  ),
  componentNeed: record<model.ComponentNeed>({ what: oneOf(componentNeedNames) }, { when: expression }),
  relaxation: record<model.Relaxation>({ target: name, by: expression }),
  training: record<model.Training>(
    {
      variables: oneOf(['weights', 'choices', 'predictor']),
      optimiser: expression,
      perEpoch: boolean,
      settings: ref('settings'),
    },
    { share: expression },
  ),
  settings: record<model.Settings>({
    params: map(expression),
    values: map(expression),
    blocks: map(ref('settings')),
  }),
  search: record<model.IrSearch>(
    {
      name,
      space: name,
      relax: list(ref('relaxation')),
      cells: list(expression),
      share: list(name),
      minimise: expression,
      train: list(ref('training')),
      derive: ref('derivation'),
      scales: map(ref('settings')),
      settings: ref('settings'),
    },
    {
      doc: text,
      sample: expression,
      predictor: record<NonNullable<model.IrSearch['predictor']>>({ name, by: expression }),
      teacher: expression,
      views: expression,
      score: expression,
      validate: expression,
      retrain: ref('settings'),
    },
  ),
  derivation: record<model.Derivation>({
    rules: list(record<model.DerivationRule>({ by: expression }, { target: name }), 1),
    except: list(expression),
  }),
}
