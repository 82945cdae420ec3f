/** The costs that rounded ones may stand for at their extremes: each as it is, or with all that rounding may hide. */
export function corners(costs: readonly number[], slack: readonly number[]): readonly (readonly number[])[] {
  return costs.reduce<readonly (readonly number[])[]>(
    (all, cost, index) => {
      const hidden = slack[index] ?? 0
      return all.flatMap((corner) =>
        hidden === 0
          ? [[...corner, cost]]
          : [
              [...corner, cost],
              [...corner, cost + hidden],
            ],
      )
    },
    [[]],
  )
}
