/**
 * What GitHub's Markdown may not take for markup. Words get numeric entities, which never open anything; names get a code
 * span, in which nothing opens anything either, or where a span could be left (backticks, pipes), a `<code>` of entities.
 */
import { clean } from '../../words/clean.ts'

const entity = (character: string): string => `&#${character.codePointAt(0)};`

/** Also what GitHub adds to Markdown: mentions, issue numbers, links, emoji, formulas. */
const markup = /[\\`*_[\]<>|~&$@#^]|:\/\/|www\.|:(?=[\w+-]+:)|^[-+=]|^\d+(?=[.)])/g

export function markdownText(text: string): string {
  return clean(text).replace(markup, (found) => (/^\d/.test(found) ? `${found}\\` : [...found].map(entityUnlessWord).join('')))
}

const entityUnlessWord = (character: string): string => (/\w/.test(character) && character !== '_' ? character : entity(character))

const leavesSpan = /[`|\\<>&\n]|^\s|\s$|^$/

export function markdownCode(text: string): string {
  const cleaned = clean(text)
  if (!leavesSpan.test(cleaned)) return `\`${cleaned}\``
  return `<code>${cleaned.replace(/[!-/:-@[-`{-~]/g, entity)}</code>`
}
