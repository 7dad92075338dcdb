/** The ending of an English plural. */
export const plural = (count: number): string => (count === 1 ? '' : 's')

/** Thousands apart, the same in every language of the program. */
export const countOf = (value: number): string => String(value).replace(/\B(?=(\d{3})+$)/g, ',')
