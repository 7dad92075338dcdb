/** Bumped when the tables change; a file of another version is not opened. */
export const SCHEMA_VERSION = 3

/**
 * The account's tables. An `owner` is the id of a role (`AROA…`), user (`AIDA…`) or group (`AGPA…`). `name_key` is the name in
 * lower case: IAM keeps the spelling but compares without case. Instants are ISO text. Lists of tags are JSON.
 */
export const SCHEMA = `
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE roles (
  id TEXT PRIMARY KEY, name TEXT NOT NULL, name_key TEXT NOT NULL UNIQUE, path TEXT NOT NULL, create_date TEXT NOT NULL,
  trust TEXT NOT NULL, description TEXT, max_session INTEGER NOT NULL, boundary TEXT, tags TEXT NOT NULL
);
CREATE TABLE instance_profiles (
  id TEXT PRIMARY KEY, name TEXT NOT NULL, name_key TEXT NOT NULL UNIQUE, path TEXT NOT NULL, create_date TEXT NOT NULL, role_id TEXT
);
CREATE INDEX instance_profiles_by_role ON instance_profiles (role_id) WHERE role_id IS NOT NULL;
CREATE TABLE users (
  id TEXT PRIMARY KEY, name TEXT NOT NULL, name_key TEXT NOT NULL UNIQUE, path TEXT NOT NULL, create_date TEXT NOT NULL,
  boundary TEXT, tags TEXT NOT NULL, password_last_used TEXT
);
CREATE TABLE groups (
  id TEXT PRIMARY KEY, name TEXT NOT NULL, name_key TEXT NOT NULL UNIQUE, path TEXT NOT NULL, create_date TEXT NOT NULL
);
CREATE TABLE memberships (user_id TEXT NOT NULL, group_id TEXT NOT NULL, PRIMARY KEY (user_id, group_id)) WITHOUT ROWID;

CREATE TABLE access_keys (
  id TEXT PRIMARY KEY, user_id TEXT NOT NULL, status TEXT NOT NULL, create_date TEXT NOT NULL, last_used TEXT, last_service TEXT, last_region TEXT
);
CREATE INDEX access_keys_by_user ON access_keys (user_id);
CREATE TABLE login_profiles (user_id TEXT PRIMARY KEY, create_date TEXT NOT NULL, reset_required INTEGER NOT NULL);
CREATE TABLE mfa_devices (serial TEXT PRIMARY KEY, user_id TEXT NOT NULL, enable_date TEXT NOT NULL);
CREATE TABLE sessions (
  access_key TEXT PRIMARY KEY, token TEXT NOT NULL, role_id TEXT NOT NULL, name TEXT NOT NULL, policies TEXT NOT NULL, tags TEXT NOT NULL,
  created_at TEXT NOT NULL, expires_at TEXT NOT NULL
);

CREATE TABLE inline_policies (owner TEXT NOT NULL, name TEXT NOT NULL, name_key TEXT NOT NULL, document TEXT NOT NULL, UNIQUE (owner, name_key));
CREATE TABLE attachments (owner TEXT NOT NULL, policy_arn TEXT NOT NULL, UNIQUE (owner, policy_arn));
CREATE INDEX attachments_by_policy ON attachments (policy_arn);
CREATE INDEX roles_by_boundary ON roles (boundary) WHERE boundary IS NOT NULL;
CREATE INDEX users_by_boundary ON users (boundary) WHERE boundary IS NOT NULL;

CREATE TABLE policies (
  arn TEXT PRIMARY KEY, id TEXT NOT NULL, name TEXT NOT NULL, name_key TEXT NOT NULL UNIQUE, path TEXT NOT NULL, description TEXT,
  default_version TEXT NOT NULL, next_version INTEGER NOT NULL, create_date TEXT NOT NULL, update_date TEXT NOT NULL, tags TEXT NOT NULL
);
CREATE TABLE policy_versions (
  arn TEXT NOT NULL, number INTEGER NOT NULL, document TEXT NOT NULL, create_date TEXT NOT NULL, PRIMARY KEY (arn, number)
);

CREATE TABLE usage (
  owner TEXT NOT NULL, action TEXT NOT NULL, last_used TEXT NOT NULL, every_seconds INTEGER, calls INTEGER NOT NULL, region TEXT NOT NULL,
  request TEXT, PRIMARY KEY (owner, action)
) WITHOUT ROWID;

CREATE TABLE denials (
  owner TEXT NOT NULL, action TEXT NOT NULL, since TEXT NOT NULL, until TEXT, message TEXT NOT NULL, PRIMARY KEY (owner, action, since)
) WITHOUT ROWID;
CREATE TABLE trail_events (
  id TEXT PRIMARY KEY, at TEXT NOT NULL, region TEXT NOT NULL, source TEXT NOT NULL, name TEXT NOT NULL, username TEXT, access_key TEXT,
  read_only INTEGER NOT NULL, role_arn TEXT, error TEXT, resources TEXT NOT NULL, record TEXT NOT NULL
);
CREATE INDEX trail_events_by_time ON trail_events (region, at);
CREATE TABLE resources (arn TEXT PRIMARY KEY, type TEXT NOT NULL, region TEXT NOT NULL, policy TEXT NOT NULL);

CREATE TABLE analyzers (
  arn TEXT PRIMARY KEY, name TEXT NOT NULL, type TEXT NOT NULL, region TEXT NOT NULL, unused_access_age INTEGER, created_at TEXT NOT NULL,
  archive_rules TEXT NOT NULL, tags TEXT NOT NULL
);
CREATE TABLE findings (
  id TEXT PRIMARY KEY, analyzer TEXT NOT NULL, resource TEXT NOT NULL, resource_type TEXT NOT NULL, type TEXT NOT NULL, status TEXT NOT NULL,
  created_at TEXT NOT NULL, updated_at TEXT NOT NULL
);
CREATE TABLE last_accessed_jobs (
  id TEXT PRIMARY KEY, caller TEXT NOT NULL, entity_arn TEXT NOT NULL, granularity TEXT NOT NULL, created_at TEXT NOT NULL, polls INTEGER NOT NULL,
  completed_at TEXT
);
CREATE TABLE async_jobs (id TEXT PRIMARY KEY, kind TEXT NOT NULL, created_at TEXT NOT NULL, polls INTEGER NOT NULL, content TEXT NOT NULL);
`
