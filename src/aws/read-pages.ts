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

/**
 * What an answer must hold. A page of a proxy with status 200 reads as an answer in which everything is absent: taken for
 * "there is none" it would be a role without policies, or no role at all.
 */
export function present<Value>(operation: string, value: Value | null | undefined): Value {
  if (value !== null && value !== undefined) return value
  throw new AwsFailure({ kind: 'unavailable', code: '', operation, message: `${operation}: the answer is not one of AWS` })
}

/** A page of an IAM list: the list or the word that it ends here must be there. */
export function iamPage<Item>(operation: string, list: readonly Item[] | undefined, end: IamEnd): Page<readonly Item[]> {
  if (list === undefined) present(operation, end.IsTruncated)
  return { page: list ?? [], isTruncated: end.IsTruncated === true, marker: end.Marker ?? null }
}

type IamEnd = { readonly IsTruncated?: boolean | undefined; readonly Marker?: string | undefined }

/** A page of an Access Analyzer list. */
export function tokenPage<Item>(
  operation: string,
  list: readonly Item[] | undefined,
  nextToken: string | undefined,
): Page<readonly Item[]> {
  return { page: present(operation, list), isTruncated: Boolean(nextToken), marker: nextToken ?? null }
}
