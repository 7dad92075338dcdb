import { jsonRequirement } from '../authorisation/json-requirement.ts'
import { AwsError } from '../aws-error.ts'
import type { CallContext } from '../call-context.ts'
import { epochSeconds, type JsonOperations, jsonRpcService } from '../protocol/json-rpc.ts'
import { readMeta } from '../state/meta.ts'

const ORGANIZATION = 'o-a1b2c3d4e5'
const MANAGEMENT = '999988887777'

/** The management account, this one, and two neighbours. */
const members: readonly (readonly [id: string | null, name: string])[] = [
  [MANAGEMENT, 'management'],
  [null, 'shop-production'],
  ['444455556666', 'shop-staging'],
  ['777788889999', 'log-archive'],
]

const MOST_ACCOUNTS = 20

/** The organisation that the account belongs to. */
const operations: JsonOperations = {
  DescribeOrganization: {
    effect: 'read',
    run: (_params, { partition }) => ({
      Organization: {
        Id: ORGANIZATION,
        Arn: `arn:${partition}:organizations::${MANAGEMENT}:organization/${ORGANIZATION}`,
        FeatureSet: 'ALL',
        MasterAccountArn: accountArn(partition, MANAGEMENT),
        MasterAccountId: MANAGEMENT,
        MasterAccountEmail: 'aws+management@example.com',
        AvailablePolicyTypes: [{ Type: 'SERVICE_CONTROL_POLICY', Status: 'ENABLED' }],
      },
    }),
  },
  ListAccounts: {
    effect: 'read',
    run({ MaxResults, NextToken }, context) {
      const start = Number(NextToken ?? '0')
      const size = Number(MaxResults ?? MOST_ACCOUNTS)
      if (!Number.isInteger(start) || start < 0) throw invalidInput('INVALID_PAGINATION_TOKEN')
      if (!Number.isInteger(size) || size < 1 || size > MOST_ACCOUNTS)
        throw invalidInput(size > MOST_ACCOUNTS ? 'MAX_VALUE_EXCEEDED' : 'MIN_VALUE_EXCEEDED')
      const accounts = members.map(([id, name]) => account(id ?? context.accountId, name, context))
      const more = start + size < accounts.length ? { NextToken: String(start + size) } : {}
      return { Accounts: accounts.slice(start, start + size), ...more }
    },
  },
  DescribeAccount: {
    effect: 'read',
    run({ AccountId }, context) {
      const found = members.find(([id]) => (id ?? context.accountId) === AccountId)
      if (found === undefined) throw new AwsError('AccountNotFoundException', 400, 'You specified an account that does not exist.')
      return { Account: account(found[0] ?? context.accountId, found[1], context) }
    },
  },
}

export const organizationsService = jsonRpcService({
  id: 'organizations',
  eventSource: 'organizations.amazonaws.com',
  requirement: jsonRequirement('organizations'),
  operations,
})

function invalidInput(reason: string): AwsError {
  return new AwsError('InvalidInputException', 400, `You provided a value that does not match the required pattern: ${reason}.`)
}

function account(id: string, name: string, { partition, database, now }: CallContext) {
  return {
    Id: id,
    Arn: accountArn(partition, id),
    Email: `aws+${name}@example.com`,
    Name: name,
    Status: 'ACTIVE',
    State: 'ACTIVE',
    JoinedMethod: id === MANAGEMENT ? 'INVITED' : 'CREATED',
    JoinedTimestamp: epochSeconds(readMeta(database, 'epoch') ?? now) - 1_900 * 86_400,
  }
}

function accountArn(partition: string, id: string): string {
  return `arn:${partition}:organizations::${MANAGEMENT}:account/${ORGANIZATION}/${id}`
}
