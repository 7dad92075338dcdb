const PARTITION = /^(aws(-[a-z]+)*|\*)$/

/** Services whose ARNs carry no Region, with AWS's sentence about one that does. */
const withoutRegion: Readonly<Record<string, { readonly sentence: (resource: string) => string; readonly exempt: RegExp }>> = {
  iam: { sentence: (resource) => `IAM resource ${resource} cannot contain region information.`, exempt: /^$/ },
  s3: {
    sentence: (resource) => `Resource ${resource} can not contain region information.`,
    exempt: /^(accesspoint|job|storage-lens|async-request)[/:]/,
  },
}

/** What IAM's parser says against a `Resource`; null when it takes it. */
export function resourceProblem(resource: unknown): string | null {
  const text = String(resource)
  if (text === '*') return null
  const [prefix, partition, service, region, , ...rest] = text.split(':')
  if (prefix === undefined || partition === undefined) return `Resource ${text} must be in ARN format or "*".`
  if (!PARTITION.test(partition)) return `Partition "${partition}" is not valid for resource "${inFull(text)}".`
  if (service === undefined || service === '' || /[*?]/.test(service))
    return 'Resource vendor must be fully qualified and cannot contain regexes.'
  if (rest.length === 0) return 'The policy failed legacy parsing'
  const rule = withoutRegion[service]
  if (rule !== undefined && region !== '' && region !== '*' && !rule.exempt.test(rest.join(':'))) return rule.sentence(text)
  return null
}

/** An ARN with stars for the parts that are missing, as AWS prints it. */
function inFull(text: string): string {
  const [, partition, service, region, account, ...rest] = text.split(':')
  return ['arn', partition, service || '*', region ?? '*', account ?? '*', rest.join(':') || '*'].join(':')
}
