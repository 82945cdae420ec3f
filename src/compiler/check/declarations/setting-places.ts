import { settingPlaces, type SettingPlace } from '../../../ir/model/search.js'
import type * as ast from '../../syntax/ast.js'

/** The blocks that the declaration of a setting names: `train` alone is all of its clauses. */
export function placesOf(declaration: ast.ExternDeclaration): readonly SettingPlace[] {
  const found = declaration.places.flatMap(placesNamed)
  return settingPlaces.filter((place) => found.includes(place))
}

/** Nothing where a place is called by a word that means none. */
export function placesNamed({ clause, variables }: ast.SettingPlace): readonly SettingPlace[] {
  const named = [clause.text, ...(variables === undefined ? [] : [variables.text])].join(' ')
  return settingPlaces.filter((place) => place === named || (named === 'train' && place.startsWith('train ')))
}
