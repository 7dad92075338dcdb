const keyNames: Readonly<Record<string, string>> = { Right: '→', Left: '←', Up: '↑', Down: '↓' }
const asciiNames: Readonly<Record<string, string>> = {}

/** A key as people write it. */
export const keyName = (key: string, isAscii: boolean): string => (isAscii ? asciiNames : keyNames)[key] ?? key.replace(/^Ctrl-/, '^')
