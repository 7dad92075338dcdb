import { type Catalog, loadCatalog } from '../../src/policy/catalog.ts'
import { actionKey, serviceOf } from '../../src/policy/names.ts'

/** What the roles of the matrix use, and some of what the policies of AWS among them name. */
const SERVICES: ReadonlySet<string> = new Set(
  's3 sqs sns dynamodb lambda events glue ecr logs states kms sts iam ec2 rds sagemaker cloudwatch autoscaling'.split(' '),
)

/**
 * The real catalog without the services that no role of the matrix uses: every proof is made over the whole universe, and
 * nineteen in twenty of its actions would be there for nothing. The policies keep what they say.
 */
export function catalogOfFewServices(): Catalog {
  const whole = loadCatalog()
  const actions = whole.actions.filter(({ name }) => SERVICES.has(serviceOf(actionKey(name))))
  return { date: whole.date, actions, find: (action) => (SERVICES.has(serviceOf(actionKey(action))) ? whole.find(action) : null) }
}
