export type AccessLevel = 'Read' | 'List' | 'Write' | 'Tagging' | 'Permissions management'
