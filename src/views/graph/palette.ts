/** Colours of the options of a choice, told apart in thin lines; the same in cells and in the curves of a report. */
export const optionColours = [
  '#9aa0a6',
  '#e69f00',
  '#f0c94a',
  '#56b4e9',
  '#0072b2',
  '#009e73',
  '#7fc97f',
  '#cc79a7',
  '#d55e00',
  '#6a51a3',
  '#8c564b',
  '#17becf',
] as const

export function optionColour(option: number): string {
  return optionColours[option % optionColours.length] ?? optionColours[0]
}
