/** One figure of a benchmark and the most that it may be. */
export type Limit = { readonly what: string; readonly value: number; readonly limit: number; readonly unit: string }

export const quantile = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? 0
