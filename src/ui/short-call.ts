const documentWord = /'\{(?:[^']|'\\'')*\}'/g

/** A call as it is shown: a policy document of ten thousand characters would bury the rest. What is copied is the whole. */
export const shortCall = (cli: string, ellipsis: string): string => cli.replace(documentWord, `'{${ellipsis}}'`)
