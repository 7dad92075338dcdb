import type { GetAccountAuthorizationDetailsResponse } from '@aws-sdk/client-iam'
import { parseAccount } from '../account/parse-account.ts'
import type { AccountReader, ReadOptions } from '../ports/aws.ts'
import { AwsFailure } from '../ports/aws-failure.ts'
import type { AwsClients } from './clients.ts'
import { callAws } from './failure.ts'
import { present, readPages } from './read-pages.ts'
import { sending } from './sdk-values.ts'

const operation = 'GetAccountAuthorizationDetails'
/** AWS allows 1,000; a page of 500 roles with their documents is some 3 MB. */
const pageSize = 500

export function createAccountReader(clients: AwsClients): AccountReader {
  return {
    async readAccount(options = {}) {
      const pages = await readAuthorizationDetails(clients, options)
      const parsed = parseAccount(pages)
      if (!parsed.ok) {
        throw new AwsFailure({
          kind: 'unavailable',
          code: '',
          operation,
          message: `${operation}: unexpected answer: ${parsed.place}: ${parsed.message}`,
        })
      }
      return parsed.account
    },
  }
}

async function readAuthorizationDetails(clients: AwsClients, { signal, onProgress }: ReadOptions): Promise<readonly unknown[]> {
  const client = await clients.iam()
  const { GetAccountAuthorizationDetailsCommand } = await import('@aws-sdk/client-iam')
  let done = 0
  onProgress?.({ what: 'account', done, total: null })
  return readPages(operation, async (marker) => {
    const input = { MaxItems: pageSize, ...(marker === null ? {} : { Marker: marker }) }
    const page = await callAws(operation, 'read', () => client.send(new GetAccountAuthorizationDetailsCommand(input), sending(signal)))
    const isTruncated = present(operation, page.IsTruncated ?? (hasList(page) ? false : null))
    const lists = listsOf(page)
    done += Object.values(lists).reduce((sum, list) => sum + list.length, 0)
    onProgress?.({ what: 'account', done, total: null })
    return { page: lists, isTruncated, marker: page.Marker ?? null }
  })
}

const hasList = (page: GetAccountAuthorizationDetailsResponse): boolean =>
  [page.UserDetailList, page.GroupDetailList, page.RoleDetailList, page.Policies].some((list) => list !== undefined)

function listsOf(page: GetAccountAuthorizationDetailsResponse) {
  return {
    UserDetailList: page.UserDetailList ?? [],
    GroupDetailList: page.GroupDetailList ?? [],
    RoleDetailList: page.RoleDetailList ?? [],
    Policies: page.Policies ?? [],
  }
}
