import { createDataDirectory, dataDirectory } from '../config/data-dir.ts'
import {
  aboutPreference,
  preferenceKeys,
  preferenceText,
  readPreferences as readPreferenceFile,
  setPreference as setPreferenceIn,
} from '../config/preferences.ts'

/** Preferences of the data directory, as rows to show and as values. */
export function readPreferences(dataDir: string | null) {
  const read = readPreferenceFile(dataDirectory(dataDir, process.env))
  const rows = preferenceKeys.map((key) => ({ key, value: preferenceText(read.values, key), about: aboutPreference(key) }))
  return { ...read, rows }
}

/** Checks and writes one preference; empty text puts its default back. */
export async function setPreference(dataDir: string | null, key: string, text: string) {
  const directory = dataDirectory(dataDir, process.env)
  createDataDirectory(directory)
  return setPreferenceIn(directory, key, text)
}
