import type { Words } from '../../words/index.ts'

/** A plan says in English what its stages remove, joined by `; `: each known part is said in the language of the screen. */
export function stageTitle({ stageTitles }: Words, title: string): string {
  const said = new Map<string, string>(Object.entries(stageTitles))
  return title
    .split('; ')
    .map((part) => said.get(part) ?? part)
    .join('; ')
}
