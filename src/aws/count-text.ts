/** `1 region`, `3 regions`: for the lines that sources say of themselves. */
export const countText = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`
