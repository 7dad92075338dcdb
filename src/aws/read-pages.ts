import { AwsFailure } from '../ports/aws-failure.ts'

export type Page<Item> = { readonly page: Item; readonly isTruncated: boolean; readonly marker: string | null }

/**
 * Follows AWS's markers to the last page. A truncated page without a marker, or a marker that comes twice, would end as a
 * silent loss or an endless loop: both are failures.
 */
export async function readPages<Item>(
  operation: string,
  readPage: (marker: string | null) => Promise<Page<Item>>,
): Promise<readonly Item[]> {
  const pages: Item[] = []
  const seen = new Set<string>()
  let marker: string | null = null
  for (;;) {
    const answer: Page<Item> = await readPage(marker)
    pages.push(answer.page)
    if (!answer.isTruncated) return pages
    marker = answer.marker
    if (marker === null || marker === '' || seen.has(marker)) {
      const what = marker ? 'a page marker came twice' : 'a page is cut off without a marker'
      throw new AwsFailure({ kind: 'unavailable', code: '', operation, message: `${operation}: ${what}, so the list is incomplete` })
    }
    seen.add(marker)
  }
}
